#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/documents/testing/served.h"

namespace bitrade::documents {
namespace {

using bitrade::testing::CodeOf;
using bitrade::testing::ReasonOf;
using testing::Described;
using testing::kAppointment;
using testing::kNow;
using testing::kStranger;
using testing::Pdf;
using testing::Served;

std::vector<std::string> Communicated(Served& served, int count) {
  std::vector<std::string> ids;
  for (int i = 0; i < count; ++i) {
    const std::string content = Pdf(1'000);
    const auto document = served.Communicate(Described(absl::StrCat("s", i), content), content);
    REQUIRE_OK(document);
    ids.push_back(document->id());
    served.bench().clock.Advance(absl::Seconds(1));
  }
  return ids;
}

v1::ListDocumentsRequest Page(int limit, const std::string& cursor) {
  v1::ListDocumentsRequest request;
  request.set_appointment_id(kAppointment);
  request.set_limit(limit);
  request.set_cursor(cursor);
  return request;
}

TEST_CASE("A cursor leads through all documents, each once", "[documents][rpc]") {
  Served served;
  std::vector<std::string> left = Communicated(served, 5);
  std::string cursor;
  int pages = 0;

  do {
    const auto page = served.List(Page(2, cursor));
    REQUIRE_OK(page);
    CHECK(page->total() == 5);
    for (const v1::Document& document : page->documents()) {
      REQUIRE_FALSE(left.empty());
      CHECK(document.id() == left.back());
      left.pop_back();
    }
    cursor = page->next_cursor();
    ++pages;
  } while (!cursor.empty());

  CHECK(left.empty());
  CHECK(pages == 3);
}

TEST_CASE("What is foreign or no longer visible is not found on any path", "[documents][rpc]") {
  Served served;
  const std::string id = Communicated(served, 1)[0];
  REQUIRE_OK(served.Get(id));
  REQUIRE_OK(served.List(Page(2, "")));

  served.LogIn(kStranger);
  CHECK(ReasonOf(served.Get(id)) == "NOT_FOUND");
  CHECK(ReasonOf(served.List(Page(2, ""))) == "NOT_FOUND");
  served.bench().clock.Set(kNow + absl::Hours(24));
  served.LogIn(testing::kCounsel);
  CHECK(ReasonOf(served.Get(id)) == "NOT_FOUND");
  CHECK(ReasonOf(served.List(Page(2, ""))) == "NOT_FOUND");
}

TEST_CASE("While appointments is away, a foreign document is answered like one that never was",
          "[documents][rpc]") {
  Served served;
  const std::string id = Communicated(served, 1)[0];
  const std::string none = "00000000-0000-7000-8000-0000000000ff";
  served.bench().OwnerGoesAway();

  CHECK(CodeOf(served.Get(id)) == absl::StatusCode::kUnavailable);
  served.LogIn(kStranger);
  CHECK(ReasonOf(served.Get(none)) == "NOT_FOUND");
  CHECK(ReasonOf(served.Get(id)) == "NOT_FOUND");
}

TEST_CASE("Pages that no list has are refused", "[documents][rpc]") {
  Served served;
  Communicated(served, 1);

  CHECK(ReasonOf(served.List(Page(101, ""))) == "INVALID_REQUEST");
  CHECK(ReasonOf(served.List(Page(2, "x"))) == "CURSOR_INVALID");
}

TEST_CASE("An id that is none is told of by its field", "[documents][rpc]") {
  Served served;
  CHECK(ReasonOf(served.Get("x")) == "INVALID_REQUEST");
  const absl::Status refused = served.Get("").status();
  const std::vector<Violation> violations = DetailsOf(refused).violations;
  REQUIRE(violations.size() == 1);
  CHECK(violations[0].field == "id");
  CHECK(violations[0].code == "REQUIRED");
}

}  // namespace
}  // namespace bitrade::documents
