#include "services/appointments/conflicts/store.h"

#include <thread>

#include "services/appointments/testing/scene.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using testing::Scene;

ConflictOfInterest Between(const Matter& matter, size_t one, size_t other, const char* id) {
  return {.id = ConflictId::Trusted(id),
          .matter = matter.id,
          .applicant = matter.applicants[one].id,
          .opposed = matter.applicants[other].id,
          .create_time = testing::kNow};
}

TEST_CASE("The same two are in conflict once, whoever of them is named first",
          "[appointments][postgres]") {
  Scene scene;
  const Matter matter = scene.Registered(Handling::kDigital, {testing::Amina(), testing::Bilal()});

  scene.Change([&](postgres::Transaction& tx) {
    const ConflictOfInterest first = scene.stores().conflicts.Keep(
        tx, Between(matter, 0, 1, "00000000-0000-7000-8000-000000000001"));
    const ConflictOfInterest again = scene.stores().conflicts.Keep(
        tx, Between(matter, 1, 0, "00000000-0000-7000-8000-000000000002"));
    CHECK(again.id == first.id);
  });
  CHECK(scene.database().Run("SELECT count(*) FROM conflict_of_interest")[0][0].as<int>() == 1);
}

TEST_CASE("A conflict arises from both sides at once, and from the side that was assisted before",
          "[appointments][postgres]") {
  Scene scene;
  const Appointment appointed =
      scene.Appointed({.applicants = {testing::Amina(), testing::Bilal()}});
  const Matter matter{.id = appointed.matter, .applicants = appointed.applicants};
  const auto arises = [&](const CounselId& counsel, const std::vector<Applicant>& applicants) {
    return scene.Read([&](postgres::Transaction& tx) {
      return scene.stores().conflicts.WouldArise(tx, counsel, applicants);
    });
  };
  const std::vector<Applicant> amina = {appointed.applicants[0]};
  CHECK_FALSE(arises(testing::Astrid(), appointed.applicants));

  scene.Change([&](postgres::Transaction& tx) {
    scene.stores().conflicts.Keep(tx,
                                  Between(matter, 0, 1, "00000000-0000-7000-8000-000000000001"));
  });

  CHECK(arises(testing::Astrid(), amina));
  CHECK(arises(testing::OtherCounsel(), appointed.applicants));
  CHECK_FALSE(arises(testing::OtherCounsel(), amina));
}

constexpr postgres::Statement kWaiters{
    "test_waiters",
    "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"};
constexpr postgres::Statement kFreeConflicts{
    "test_free_conflicts", "SELECT 1 FROM conflict_of_interest FOR UPDATE SKIP LOCKED"};

TEST_CASE("Whoever withdraws a conflict waits for the matter and holds nothing meanwhile",
          "[appointments][postgres]") {
  Scene scene;
  const Matter matter = scene.Registered(Handling::kDigital, {testing::Amina(), testing::Bilal()});
  const ConflictOfInterest conflict = Between(matter, 0, 1, "00000000-0000-7000-8000-000000000001");
  scene.Change([&](auto& tx) { scene.stores().conflicts.Keep(tx, conflict); });
  postgres::Connection other(scene.database().conninfo());
  absl::Status withdrawn;
  std::thread withdrawing;

  scene.Change([&](postgres::Transaction& tx) {
    scene.stores().matters.Lock(tx, matter.id, testing::kEverywhere);
    withdrawing = std::thread([&] {
      withdrawn = other.Transact([&](postgres::Transaction& waiting) -> absl::Status {
        scene.stores().conflicts.Lock(waiting, conflict.id, testing::kEverywhere);
        return absl::OkStatus();
      });
    });
    while (tx.Exec(kWaiters).empty()) std::this_thread::yield();
    CHECK(tx.Exec(kFreeConflicts).size() == 1);
  });

  withdrawing.join();
  REQUIRE_OK(withdrawn);
}

TEST_CASE("What a conflict puts into doubt is in force, and has its counsel on both sides",
          "[appointments][postgres]") {
  Scene scene;
  const Appointment both = scene.Appointed({.applicants = {testing::Amina(), testing::Bilal()}});
  const Matter matter{.id = both.matter, .applicants = both.applicants};
  const auto affected = [&](absl::Time now) {
    return scene.Read([&](postgres::Transaction& tx) {
      return scene.stores().conflicts.Affected(
          tx, Between(matter, 0, 1, "00000000-0000-7000-8000-000000000001"), now);
    });
  };

  CHECK(affected(testing::kNow) == std::vector{both.id});
  scene.database().Run("UPDATE appointment SET visible_until = '2026-03-02T09:00:00Z'");
  CHECK(affected(testing::kNow).empty());
}

}  // namespace
}  // namespace bitrade::appointments
