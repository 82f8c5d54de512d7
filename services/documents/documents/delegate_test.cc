// What a delegate sees of a counsel's documents, over the wire: no more than the counsel lets her,
// and never where a protected person lives.
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/documents/testing/served.h"

namespace bitrade::documents {
namespace {

using bitrade::testing::ReasonOf;
using testing::Described;
using testing::Pdf;
using testing::Served;

enum class Residence { kHidden, kRevealed };

std::string Communicated(Served& served, const std::string& source, Residence residence) {
  const std::string content = Pdf(200'000);
  v1::CommunicateDescription description = Described(source, content);
  description.set_reveals_residence(residence == Residence::kRevealed);
  return served.Communicate(description, content).value().id();
}

v1::ListDocumentsRequest All() {
  v1::ListDocumentsRequest request;
  request.set_appointment_id(testing::kAppointment);
  return request;
}

v1::DownloadRequest Whole(const std::string& id) {
  v1::DownloadRequest request;
  request.set_document_id(id);
  return request;
}

// Every path on which a document is reached: what each says.
std::vector<std::string> Reasons(Served& served, const std::string& id) {
  return {ReasonOf(served.List(All())), ReasonOf(served.Get(id)),
          ReasonOf(rpc::FromGrpc(served.Download(Whole(id)).status))};
}

TEST_CASE("A delegate with the scope lists, sees and downloads", "[documents][rpc]") {
  Served served;
  const std::string id = Communicated(served, "s1", Residence::kHidden);
  served.bench().LetDelegate({"documents:read"});
  served.LogInDelegate();

  CHECK(Reasons(served, id) == std::vector<std::string>(3, ""));
  CHECK(served.List(All())->total() == 1);
  CHECK(served.Download(Whole(id)).content().size() == 200'000);
  const auto audited = served.bench().database.Run(
      "SELECT count(*) FROM audit WHERE ground = 'DELEGATE' AND outcome = 'OK' AND actor = '" +
      testing::kDelegate + "' AND acting_for = '" + testing::kCounsel + "'");
  CHECK(audited[0][0].as<int>() == 5);
}

TEST_CASE("A delegate without the scope finds no document on any path", "[documents][rpc]") {
  Served served;
  const std::string id = Communicated(served, "s1", Residence::kHidden);
  served.LogInDelegate();
  CHECK(Reasons(served, id) == std::vector<std::string>(3, "NOT_FOUND"));

  served.bench().LetDelegate({"appointments:read", "drafts:write"});

  CHECK(Reasons(served, id) == std::vector<std::string>(3, "NOT_FOUND"));
}

TEST_CASE("Where a protected person lives no delegate learns", "[documents][rpc]") {
  Served served;
  const std::string hidden = Communicated(served, "s1", Residence::kHidden);
  const std::string revealing = Communicated(served, "s2", Residence::kRevealed);
  served.bench().LetDelegate({"documents:read"});
  CHECK(served.List(All())->total() == 2);
  served.LogInDelegate();

  const auto list = served.List(All());

  REQUIRE_OK(list);
  CHECK(list->total() == 1);
  REQUIRE(list->documents_size() == 1);
  CHECK(list->documents(0).id() == hidden);
  CHECK(ReasonOf(served.Get(revealing)) == "NOT_FOUND");
  CHECK(ReasonOf(rpc::FromGrpc(served.Download(Whole(revealing)).status)) == "NOT_FOUND");
}

TEST_CASE("A delegation that has run out shows nothing, and neither does a matter that has",
          "[documents][rpc]") {
  Served served;
  const std::string id = Communicated(served, "s1", Residence::kHidden);
  served.bench().LetDelegate({"documents:read"});
  const absl::Time later = testing::kNow + GENERATE(absl::Hours(12), absl::Hours(24));
  served.bench().clock.Set(later);
  served.LogInDelegate();

  CHECK(Reasons(served, id) == std::vector<std::string>(3, "NOT_FOUND"));
}

}  // namespace
}  // namespace bitrade::documents
