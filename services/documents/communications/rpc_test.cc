#include "services/common/testing/catch.h"
#include "services/documents/testing/served.h"

namespace bitrade::documents {
namespace {

using bitrade::testing::CodeOf;
using bitrade::testing::ReasonOf;
using testing::Described;
using testing::Pdf;
using testing::Served;

const std::string kContent = Pdf(450'000);

// A step of the broken stream may still run: then the caller is told so, and asks again.
absl::StatusOr<v1::Document> Persist(Served& served) {
  for (;;) {
    auto document = served.Communicate(Described("s", kContent), kContent);
    if (ReasonOf(document) != "IDEMPOTENCY_IN_PROGRESS") return document;
  }
}

TEST_CASE("A document that was streamed in is answered whole and audited", "[documents][rpc]") {
  Served served;

  const auto document = served.Communicate(Described("s", kContent), kContent);

  REQUIRE_OK(document);
  CHECK(document->state() == v1::Document::COMMUNICATED);
  CHECK(document->file_name() == "Beslut Amina.pdf");
  CHECK(served.bench().Count("SELECT count(*) FROM audit WHERE actor = 'case-system/journey' AND "
                             "officer = 'officer-17' AND outcome = 'OK' AND '" +
                             document->id() + "' = ANY (object_ids)") == 1);
}

TEST_CASE("A stream that breaks off publishes nothing, and begins anew", "[documents][rpc]") {
  Served served;

  const grpc::Status broken = served.BreakOff(Described("s", kContent), kContent);

  CHECK(broken.error_code() == grpc::StatusCode::CANCELLED);
  REQUIRE_OK(Persist(served));
  CHECK(served.bench().Count("SELECT count(*) FROM document WHERE state = 'COMMUNICATED'") == 1);
}

TEST_CASE("The same description is answered while the stream is still open", "[documents][rpc]") {
  Served served;
  const auto first = served.Communicate(Described("s", kContent), kContent);

  const auto again = served.Describe(Described("s", kContent));

  REQUIRE_OK(first);
  REQUIRE_OK(again);
  CHECK(again->SerializeAsString() == first->SerializeAsString());
}

TEST_CASE("A refusal comes before the rest of the content", "[documents][rpc]") {
  Served served;
  v1::CommunicateDescription large = Described("s", kContent);
  large.set_size(int64_t{600} * 1024 * 1024);
  v1::CommunicateDescription smaller = Described("s", kContent);
  smaller.set_size(100);

  CHECK(ReasonOf(served.Describe(large)) == "DOCUMENT_TOO_LARGE");
  CHECK(ReasonOf(served.Communicate(smaller, kContent)) == "CONTENT_MISMATCH");
  CHECK(CodeOf(served.Describe(Described("", kContent))) == absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace bitrade::documents
