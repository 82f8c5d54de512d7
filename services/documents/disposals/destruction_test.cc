#include "services/documents/disposals/destruction.h"

#include "services/common/testing/catch.h"
#include "services/documents/testing/bench.h"

namespace bitrade::documents {
namespace {

using bitrade::testing::ReasonOf;
using testing::Bench;
using testing::Described;
using testing::Facts;
using testing::kCounsel;
using testing::kNow;
using testing::Pdf;

const std::string kContent = Pdf(100'000);

DocumentId Communicated(Bench& bench) {
  const auto document = bench.Communicate(Described("s", kContent), kContent, 70'000);
  REQUIRE_OK(document);
  return DocumentId::Trusted(document->id());
}

// Destroys on the decision with a number.
absl::StatusOr<int64_t> Destroy(Bench& bench, const DocumentId& id, char number) {
  const auto decision =
      DisposalId::Trusted(std::string("00000000-0000-7000-8000-0000000000d") + number);
  return bench.Change<int64_t>([&](rpc::Changing& changing) -> absl::StatusOr<int64_t> {
    ASSIGN_OR_RETURN(const DisposalEvidence evidence,
                     DestroyContent(changing, bench.documents, bench.disposals, {id, decision}));
    return absl::ToUnixMicros(evidence.disposed_time);
  });
}

TEST_CASE("Content stays while its counsel sees it", "[documents][postgres]") {
  Bench bench;
  const DocumentId id = Communicated(bench);

  CHECK(ReasonOf(Destroy(bench, id, '1')) == "DOCUMENT_STILL_VISIBLE");
  REQUIRE_OK(bench.Download(kCounsel, id.text()));
}

TEST_CASE("Content stays when the owner says so, whatever the projection has",
          "[documents][postgres]") {
  Bench bench;
  const DocumentId id = Communicated(bench);
  bench.clock.Set(kNow + absl::Hours(48));
  access::AppointmentFacts longer = Facts();
  longer.version = 2;
  longer.visible_until = kNow + absl::Hours(72);
  bench.OwnerSays(longer);

  CHECK(ReasonOf(Destroy(bench, id, '1')) == "DOCUMENT_STILL_VISIBLE");
}

TEST_CASE("Asked again, a destruction gives the same evidence and tells of it once",
          "[documents][postgres]") {
  Bench bench;
  const DocumentId id = Communicated(bench);
  bench.clock.Set(kNow + absl::Hours(48));
  const auto first = Destroy(bench, id, '1');
  bench.clock.Advance(absl::Hours(1));

  const auto again = Destroy(bench, id, '2');

  REQUIRE_OK(first);
  REQUIRE_OK(again);
  CHECK(*first == *again);
  CHECK(bench.Count("SELECT count(*) FROM event WHERE kind = 'DISPOSED' AND version = 2") == 1);
  CHECK(bench.Count("SELECT count(*) FROM disposal_evidence") == 1);
}

TEST_CASE("What is no document of ours is not found", "[documents][postgres]") {
  Bench bench;

  CHECK(ReasonOf(Destroy(bench, DocumentId::Trusted("00000000-0000-7000-8000-0000000000ff"),
                         '1')) == "NOT_FOUND");
}

}  // namespace
}  // namespace bitrade::documents
