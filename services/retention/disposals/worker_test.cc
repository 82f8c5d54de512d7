#include "services/retention/disposals/worker.h"

#include <map>
#include <set>

#include "services/retention/testing/sample.h"

namespace bitrade::retention {
namespace {

using testing::kNow;
using testing::News;
using testing::Scene;

DocumentId Document(int number) {
  return DocumentId::Trusted(absl::StrFormat("00000000-0000-7000-8000-0000000000d%d", number));
}

// Documents as it promises to be: content is destroyed once, and the evidence of it is the same
// whenever it is asked for. `lost` answers are lost after the deed, as by a crash of either side.
struct Contents {
  std::set<std::string> left;
  std::map<std::string, Evidence> evidence;
  int lost = 0;
  absl::Time now = kNow;

  Archive AsArchive() {
    return {.list =
                [this](const rpc::Outgoing&, const AppointmentId&) {
                  std::vector<DocumentId> ids;
                  for (const std::string& id : left) ids.push_back(DocumentId::Trusted(id));
                  return absl::StatusOr<std::vector<DocumentId>>(ids);
                },
            .dispose = [this](const rpc::Outgoing&, const DocumentId& id,
                              const DisposalId&) { return Dispose(id); }};
  }

  absl::StatusOr<Evidence> Dispose(const DocumentId& id) {
    if (left.erase(id.text()) > 0) {
      evidence.insert({id.text(),
                       {.document = id,
                        .sha256 = std::string(64, 'c'),
                        .size = 10,
                        .chunks = 1,
                        .disposed_time = now}});
    }
    if (lost > 0) {
      --lost;
      return absl::UnavailableError("the answer was lost");
    }
    const auto found = evidence.find(id.text());
    if (found == evidence.end()) return Refuse(kNotFound);
    return found->second;
  }
};

// A disposal of two documents that is due. Each step is another worker's: nothing is remembered but
// rows.
struct Work : Scene {
  DisposalStore disposals;
  Contents contents;

  Work() {
    contents.left = {Document(1).text(), Document(2).text()};
    Hear(News(1, kNow - absl::Hours(24 * 31)));
    Plan();
  }

  absl::StatusOr<bool> StepOfAnother() {
    return Worker(disposals, schedule, contents.AsArchive(), clock, ids)
        .TakeStep(database.connection());
  }

  void Round() {
    Worker(disposals, schedule, contents.AsArchive(), clock, ids).Round(database.connection());
  }

  std::string State() { return Ask("SELECT state FROM disposal"); }
  std::string Kept() { return Ask("SELECT count(sha256) FROM disposed_document"); }
};

TEST_CASE("A round disposes of everything that is due and leaves evidence",
          "[retention][postgres]") {
  Work work;

  work.Round();

  CHECK(work.State() == "DONE");
  CHECK(work.Kept() == "2");
  CHECK(work.contents.left.empty());
}

TEST_CASE("Every step may be another worker's", "[retention][postgres]") {
  Work work;

  int steps = 0;
  for (absl::StatusOr<bool> more = true; *more; ++steps) {
    more = work.StepOfAnother();
    REQUIRE_OK(more);
  }

  // Look, two documents, look again, nothing.
  CHECK(steps == 5);
  CHECK(work.State() == "DONE");
  CHECK(work.Kept() == "2");
}

TEST_CASE("A worker that dies between the deed and its record costs no evidence",
          "[retention][postgres]") {
  Work work;
  REQUIRE_OK(work.StepOfAnother());
  work.contents.lost = 1;

  CHECK(absl::IsUnavailable(work.StepOfAnother().status()));
  CHECK(work.contents.left.size() == 1);
  CHECK(work.Kept() == "0");
  CHECK(work.StepOfAnother().value() == false);
  work.clock.Advance(absl::Seconds(5));
  work.contents.now = work.clock.TimeNow();
  work.Round();

  CHECK(work.State() == "DONE");
  CHECK(work.Kept() == "2");
  CHECK(work.Ask("SELECT count(DISTINCT disposed_time) FROM disposed_document") == "2");
}

TEST_CASE("A worker that dies before it has looked leaves the disposal to the next",
          "[retention][postgres]") {
  Work work;
  REQUIRE_OK(work.database.connection().Transact(
      [&](postgres::Transaction& tx) -> absl::StatusOr<std::optional<Task>> {
        return work.disposals.Take(tx, {"", kNow}, kNow + absl::Seconds(5));
      }));

  work.Round();
  CHECK(work.State() == "RUNNING");
  work.clock.Advance(absl::Seconds(5));
  work.Round();

  CHECK(work.State() == "DONE");
}

TEST_CASE("A round ends when documents does not answer, and goes on when it does",
          "[retention][postgres]") {
  Work work;
  work.contents.lost = 1;

  work.Round();
  CHECK(work.State() == "RUNNING");
  CHECK(work.contents.lost == 0);
  work.clock.Advance(absl::Seconds(5));
  work.Round();

  CHECK(work.State() == "DONE");
}

TEST_CASE("A document that documents does not know keeps the disposal open, and no other from it",
          "[retention][postgres]") {
  Work work;
  REQUIRE_OK(work.StepOfAnother());
  work.contents.left.erase(Document(1).text());

  for (int round = 0; round < 3; ++round) {
    work.Round();
    work.clock.Advance(absl::Seconds(5));
  }

  CHECK(work.State() == "RUNNING");
  CHECK(work.Kept() == "1");
  CHECK(work.contents.left.empty());
}

TEST_CASE("Content that has come back after its disposal is told, not passed over",
          "[retention][postgres]") {
  Work work;
  for (int step = 0; step < 3; ++step) REQUIRE_OK(work.StepOfAnother());
  work.contents.left.insert(Document(1).text());

  const auto step = work.StepOfAnother();

  CHECK(absl::IsDataLoss(step.status()));
  CHECK(work.State() == "RUNNING");
}

TEST_CASE("Nothing is disposed of before its day", "[retention][postgres]") {
  Work work;
  work.clock.Set(kNow - absl::Hours(24) - absl::Seconds(1));

  work.Round();
  CHECK(work.contents.left.size() == 2);
  work.clock.Advance(absl::Seconds(1));
  work.Round();

  CHECK(work.contents.left.empty());
}

TEST_CASE("A round counts what is due and what has no grace period", "[retention][postgres]") {
  Work work;
  work.database.Run("UPDATE grace_period SET valid_from = '2025-12-01'");
  work.Hear(News(1, absl::FromUnixSeconds(1), "00000000-0000-7000-8000-00000000000c"));
  work.contents.lost = 1;
  Worker worker(work.disposals, work.schedule, work.contents.AsArchive(), work.clock, work.ids);

  worker.Round(work.database.connection());

  CHECK(worker.due() == 1);
  CHECK(worker.unplanned() == 1);
}

}  // namespace
}  // namespace bitrade::retention
