#include "services/retention/disposals/store.h"

#include "services/retention/testing/sample.h"

namespace bitrade::retention {
namespace {

using testing::kAppointment;
using testing::kNow;
using testing::News;
using testing::Scene;

const DocumentId kDocument = DocumentId::Trusted("00000000-0000-7000-8000-0000000000d1");
const DocumentId kOther = DocumentId::Trusted("00000000-0000-7000-8000-0000000000d2");
const std::string kDigest(64, 'a');

// A disposal that has been due for a day.
struct DueScene : Scene {
  DisposalStore disposals;
  Step step{"00000000-0000-7000-8000-0000000000f1", kNow};

  DueScene() {
    Hear(News(1, kNow - absl::Hours(24 * 31)));
    Plan();
  }

  template <typename Work>
  auto Do(Work work) {
    auto done = database.connection().Transact(
        [&](postgres::Transaction& tx) -> absl::StatusOr<decltype(work(tx))> { return work(tx); });
    REQUIRE_OK(done);
    return *std::move(done);
  }

  std::optional<Task> Take(absl::Duration lease = absl::ZeroDuration()) {
    return Do([&](auto& tx) { return disposals.Take(tx, step, step.now + lease); });
  }

  bool Intend(const Task& task, const std::vector<DocumentId>& documents) {
    return Do([&](auto& tx) { return disposals.Intend(tx, task, documents); });
  }

  void Record(const Task& task, const std::string& digest = kDigest) {
    Do([&](auto& tx) {
      disposals.Record(tx, step, task,
                       {.document = *task.document,
                        .sha256 = digest,
                        .size = 70'000,
                        .chunks = 2,
                        .disposed_time = step.now});
      return true;
    });
  }

  bool Finish(const Task& task) {
    return Do([&](auto& tx) { return disposals.Finish(tx, step, task); });
  }
};

TEST_CASE("What is due is taken up once, until the lease ends", "[retention][postgres]") {
  DueScene scene;

  const auto taken = scene.Take(absl::Seconds(5));

  REQUIRE(taken.has_value());
  CHECK(taken->appointment.text() == kAppointment);
  CHECK_FALSE(taken->document.has_value());
  CHECK_FALSE(scene.Take().has_value());
  scene.step.now += absl::Seconds(5);
  CHECK(scene.Take().has_value());
}

TEST_CASE("What is not due yet is left alone", "[retention][postgres]") {
  DueScene scene;
  scene.step.now = kNow - absl::Hours(24) - absl::Seconds(1);

  CHECK_FALSE(scene.Take().has_value());
  scene.step.now += absl::Seconds(1);
  CHECK(scene.Take().has_value());
}

TEST_CASE("A legal hold beats what is due, until it is released", "[retention][postgres]") {
  DueScene scene;
  scene.database.Run("INSERT INTO legal_hold VALUES ('00000000-0000-7000-8000-0000000000e1', '" +
                     kAppointment + "', 'D-1', '2026-01-01Z')");

  CHECK_FALSE(scene.Take().has_value());
  CHECK(scene.Do([&](auto& tx) { return scene.disposals.CountDue(tx, kNow); }) == 0);
  scene.database.Run(
      "UPDATE legal_hold SET released_time = '2026-02-01Z', released_by = 'bo', "
      "release_prepared_by = "
      "'anna', release_prepared_time = '2026-02-01Z', release_reason = 'sealed'");

  CHECK(scene.Take().has_value());
}

TEST_CASE("A legal hold placed in the middle stops the rest", "[retention][postgres]") {
  DueScene scene;
  scene.Intend(*scene.Take(), {kDocument, kOther});
  scene.Record(*scene.Take());
  scene.database.Run("INSERT INTO legal_hold VALUES ('00000000-0000-7000-8000-0000000000e1', '" +
                     kAppointment + "', 'D-1', '2026-01-01Z')");

  CHECK_FALSE(scene.Take().has_value());
}

TEST_CASE("A grace period that was made longer holds for what has a day already",
          "[retention][postgres]") {
  DueScene scene;
  scene.database.Run("UPDATE grace_period SET days = 60");

  CHECK_FALSE(scene.Take().has_value());
}

TEST_CASE("A document that cannot be destroyed keeps no other from it", "[retention][postgres]") {
  DueScene scene;
  scene.Intend(*scene.Take(), {kDocument, kOther});

  const auto first = scene.Take();
  scene.step.now += absl::Seconds(1);
  const auto second = scene.Take();

  REQUIRE((first && second));
  CHECK(first->document == kDocument);
  CHECK(second->document == kOther);
}

TEST_CASE("The first evidence stays, and nobody can change it", "[retention][postgres]") {
  DueScene scene;
  scene.Intend(*scene.Take(), {kDocument});
  const auto task = scene.Take();
  scene.Record(*task);

  scene.Record(*task, std::string(64, 'b'));

  CHECK(scene.Ask("SELECT sha256 FROM disposed_document") == kDigest);
  CHECK_THROWS(scene.database.Run("UPDATE disposed_document SET size = 1"));
  CHECK_THROWS(scene.database.Run("DELETE FROM disposed_document"));
}

TEST_CASE("Documents of which there is evidence are not intended again", "[retention][postgres]") {
  DueScene scene;
  const auto task = scene.Take();
  CHECK(scene.Intend(*task, {kDocument}));
  CHECK_FALSE(scene.Intend(*task, {kDocument}));
  CHECK(scene.Intend(*task, {kDocument, kOther}));
}

TEST_CASE("A disposal ends when no document is left, not before", "[retention][postgres]") {
  DueScene scene;
  scene.Intend(*scene.Take(), {kDocument});
  const auto task = scene.Take();

  CHECK_FALSE(scene.Finish(*task));
  CHECK(scene.Ask("SELECT state FROM disposal") == "RUNNING");
  scene.Record(*task);
  CHECK(scene.Finish(*task));

  CHECK(scene.Ask("SELECT state FROM disposal") == "DONE");
  CHECK_FALSE(scene.Take().has_value());
}

TEST_CASE("A disposal whose sight goes on meanwhile does not end", "[retention][postgres]") {
  DueScene scene;
  const auto task = scene.Take();
  scene.Hear(News(2, absl::InfiniteFuture()));

  CHECK_FALSE(scene.Finish(*task));

  CHECK(scene.Ask("SELECT state FROM disposal") == "SCHEDULED");
  CHECK_FALSE(scene.Take().has_value());
}

TEST_CASE("Disposals come with the evidence that there is", "[retention][postgres]") {
  DueScene scene;
  scene.Intend(*scene.Take(), {kDocument, kOther});
  scene.Record(*scene.Take());

  const auto seen_by = [&scene](const Reach& reach) {
    return scene.Do([&](auto& tx) {
      return scene.disposals.Of(tx, AppointmentId::Trusted(kAppointment), reach);
    });
  };
  const auto listed = seen_by({.authorities = {"MIGRATION_AGENCY"}, .categories = {"*"}});

  REQUIRE(listed.size() == 1);
  CHECK(listed[0].state == State::kRunning);
  REQUIRE(listed[0].evidence.size() == 1);
  CHECK(listed[0].evidence[0].document == kDocument);
  CHECK(listed[0].evidence[0].chunks == 2);
  CHECK(listed[0].evidence[0].disposed_time == kNow);
  CHECK(seen_by({.authorities = {"POLICE_AUTHORITY"}, .categories = {"*"}}).empty());
  CHECK(seen_by({.authorities = {"*"}, .categories = {"DETENTION"}}).empty());
  CHECK(seen_by({}).empty());
}

TEST_CASE("Each step leaves an audit row with what it concerned", "[retention][postgres]") {
  DueScene scene;
  scene.Intend(*scene.Take(), {kDocument});
  const auto task = scene.Take();
  scene.Record(*task);
  scene.Finish(*task);

  CHECK(scene.Ask("SELECT string_agg(rpc, ' ' ORDER BY seq) FROM audit") ==
        "retention/BeginDisposal retention/DisposeDocument retention/EndDisposal");
  CHECK(scene.Ask("SELECT object_ids @> ARRAY['" + kDocument.text() +
                  "'::uuid] FROM audit WHERE rpc = 'retention/DisposeDocument'") == "t");
}

}  // namespace
}  // namespace bitrade::retention
