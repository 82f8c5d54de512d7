#include "services/documents/disposals/store.h"

#include "services/common/testing/catch.h"
#include "services/documents/testing/bench.h"

namespace bitrade::documents {
namespace {

using bitrade::testing::ReasonOf;
using testing::Bench;
using testing::Described;
using testing::kAppointment;
using testing::kCounsel;
using testing::kNow;
using testing::Pdf;

const DisposalId kDecision = DisposalId::Trusted("00000000-0000-7000-8000-0000000000d1");
const std::string kContent = Pdf(200'000);

DocumentId Communicated(Bench& bench) {
  const auto document = bench.Communicate(Described("s", kContent), kContent, 70'000);
  REQUIRE_OK(document);
  return DocumentId::Trusted(document->id());
}

std::optional<DisposalEvidence> Dispose(Bench& bench, const DocumentId& id) {
  std::optional<DisposalEvidence> evidence;
  REQUIRE_OK(bench.database.connection().Transact([&](postgres::Transaction& tx) {
    evidence = bench.disposals.Dispose(tx, id, kDecision, kNow);
    return absl::OkStatus();
  }));
  return evidence;
}

TEST_CASE("Disposal destroys key, names and chunks, and leaves evidence", "[documents][postgres]") {
  Bench bench;
  const DocumentId id = Communicated(bench);

  const auto evidence = Dispose(bench, id);

  REQUIRE(evidence.has_value());
  CHECK(evidence->chunks == 4);
  CHECK(evidence->size == 200'000);
  CHECK(evidence->sha256 == Described("s", kContent).sha256());
  CHECK(evidence->disposed_time == kNow);
  CHECK(bench.Count("SELECT count(*) FROM chunk") == 0);
  CHECK(bench.Count("SELECT count(*) FROM document WHERE wrapped_key IS NULL AND title IS NULL AND "
                    "file_name IS NULL AND state = 'DISPOSED' AND version = 2") == 1);
  CHECK(ReasonOf(bench.Download(kCounsel, id.text())) == "NOT_FOUND");
}

TEST_CASE("A disposal happens once, and its evidence stays", "[documents][postgres]") {
  Bench bench;
  const DocumentId id = Communicated(bench);
  REQUIRE(Dispose(bench, id).has_value());

  CHECK_FALSE(Dispose(bench, id).has_value());
  REQUIRE_OK(bench.database.connection().Read([&](postgres::Transaction& tx) {
    CHECK(bench.disposals.Evidence(tx, id)->chunks == 4);
    CHECK(bench.disposals.WithContent(tx, AppointmentId::Trusted(kAppointment), 500).empty());
    return absl::OkStatus();
  }));
}

TEST_CASE("What is still arriving is neither listed nor disposed of", "[documents][postgres]") {
  Bench bench;
  Upload upload(bench.documents, bench.contents, bench.policy);
  REQUIRE_OK(bench.Describe(upload, Described("s", kContent)));
  const auto staged =
      DocumentId::Trusted(bench.database.Run("SELECT id FROM document")[0][0].as<std::string>());

  CHECK_FALSE(Dispose(bench, staged).has_value());
  REQUIRE_OK(bench.database.connection().Read([&](postgres::Transaction& tx) {
    CHECK(bench.disposals.WithContent(tx, AppointmentId::Trusted(kAppointment), 500).empty());
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace bitrade::documents
