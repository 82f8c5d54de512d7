#include "services/appointments/flags/store.h"

#include "services/appointments/testing/scene.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using testing::Scene;

Flag FlagOn(const AppointmentId& appointment, FlagKind kind, const char* id) {
  return {.id = FlagId::Trusted(id),
          .appointment = appointment,
          .kind = kind,
          .register_version = 7,
          .raised_time = testing::kNow};
}

std::vector<FlaggedAppointment> ListOf(Scene& scene, const Reach& reach) {
  return scene.Read([&](postgres::Transaction& tx) {
    return scene.stores().flags.List(
        tx, reach, {.limit = 20, .before = testing::kGreatest, .now = testing::kNow});
  });
}

TEST_CASE("A flag of a kind stands once, and again after it was lowered",
          "[appointments][postgres]") {
  Scene scene;
  const Appointment appointed = scene.Appointed({});
  FlagStore& flags = scene.stores().flags;
  const auto raise = [&](const char* id) {
    bool raised = false;
    scene.Change([&](postgres::Transaction& tx) {
      raised = flags.Raise(tx, FlagOn(appointed.id, FlagKind::kCounselIneligible, id));
    });
    return raised;
  };

  CHECK(raise("00000000-0000-7000-8000-000000000001"));
  CHECK_FALSE(raise("00000000-0000-7000-8000-000000000002"));
  scene.Change([&](postgres::Transaction& tx) {
    CHECK(flags.Lower(tx, testing::Astrid(), std::nullopt, testing::kNow).size() == 1);
  });
  CHECK(raise("00000000-0000-7000-8000-000000000003"));
  CHECK(scene.database().Run("SELECT count(*) FROM appointment_flag")[0][0].as<int>() == 2);
}

TEST_CASE("A listing lowers its own flags, never a conflict's", "[appointments][postgres]") {
  Scene scene;
  const Appointment appointed = scene.Appointed({});
  FlagStore& flags = scene.stores().flags;

  scene.Change([&](postgres::Transaction& tx) {
    flags.Raise(tx, FlagOn(appointed.id, FlagKind::kCounselRemoved,
                           "00000000-0000-7000-8000-000000000001"));
    flags.Raise(tx,
                FlagOn(appointed.id, FlagKind::kConflict, "00000000-0000-7000-8000-000000000002"));
    CHECK(flags.Lower(tx, testing::Astrid(), FlagKind::kCounselRemoved, testing::kNow).empty());
    CHECK(flags.Lower(tx, testing::OtherCounsel(), std::nullopt, testing::kNow).empty());
    CHECK(flags.Lower(tx, testing::Astrid(), std::nullopt, testing::kNow).size() == 1);
  });

  const std::vector<FlaggedAppointment> listed = ListOf(scene, testing::kEverywhere);
  REQUIRE(listed.size() == 1);
  REQUIRE(listed[0].flags.size() == 1);
  CHECK(listed[0].flags[0].kind == FlagKind::kConflict);
}

TEST_CASE("A list shows what is in force, flagged and within reach", "[appointments][postgres]") {
  Scene scene;
  const Appointment flagged = scene.Appointed({});
  scene.Appointed({});
  const Appointment over = scene.Appointed({.visible_until = testing::kNow});
  scene.Change([&](postgres::Transaction& tx) {
    FlagStore& flags = scene.stores().flags;
    flags.Raise(tx, FlagOn(flagged.id, FlagKind::kCounselIneligible,
                           "00000000-0000-7000-8000-000000000001"));
    flags.Raise(
        tx, FlagOn(over.id, FlagKind::kCounselIneligible, "00000000-0000-7000-8000-000000000002"));
    CHECK(flags.InForce(tx, testing::Astrid(), testing::kNow).size() == 2);
  });

  const std::vector<FlaggedAppointment> listed = ListOf(scene, testing::kEverywhere);
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].id == flagged.id);
  CHECK(listed[0].matter == flagged.matter);
  CHECK(listed[0].counsel == testing::Astrid());
  CHECK(listed[0].flags.at(0).register_version == 7);
  CHECK(ListOf(scene, {.authorities = {"POLICE_AUTHORITY"}, .categories = {"*"}}).empty());
}

}  // namespace
}  // namespace bitrade::appointments
