#include "services/retention/holds/store.h"

#include "services/retention/testing/sample.h"

namespace bitrade::retention {
namespace {

using testing::kAppointment;
using testing::kNow;
using testing::News;
using testing::Scene;

const Reach kEverywhere{.authorities = {"*"}, .categories = {"*"}};
const Reach kPolice{.authorities = {"POLICE_AUTHORITY"}, .categories = {"*"}};

LegalHold Hold() {
  return {.id = LegalHoldId::Trusted("00000000-0000-7000-8000-0000000000e1"),
          .appointment = AppointmentId::Trusted(kAppointment),
          .decision_number = "D-1",
          .placed_time = kNow,
          .preparation = std::nullopt,
          .released_time = std::nullopt};
}

// An appointment that retention has heard of.
struct HoldScene : Scene {
  crypto::Keyring keyring{{{"k1", std::string(32, 'k')}}};
  HoldStore holds{keyring};

  HoldScene() { Hear(News(1, kNow)); }

  void Run(const std::function<void(postgres::Transaction&)>& work) {
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) {
      work(tx);
      return absl::OkStatus();
    }));
  }
};

TEST_CASE("A hold comes back step by step as it was stored", "[retention][postgres]") {
  HoldScene scene;
  scene.Run([&](auto& tx) {
    REQUIRE(scene.holds.Place(tx, Hold(), "Rättegång pågår", kEverywhere));
    std::optional<LegalHold> hold = scene.holds.Lock(tx, Hold().id, kEverywhere);
    REQUIRE(hold.has_value());
    CHECK(hold->decision_number == "D-1");
    CHECK_FALSE(hold->preparation.has_value());
    hold = *PrepareRelease(*hold, "anna", kNow);
    scene.holds.Prepare(tx, *hold, "Rättegången är slut");
    hold = *Release(*hold, "bo", kNow + absl::Hours(1));
    scene.holds.Release(tx, *hold);
    const std::vector<LegalHold> all =
        scene.holds.Of(tx, AppointmentId::Trusted(kAppointment), kEverywhere);
    REQUIRE(all.size() == 1);
    CHECK(all[0].preparation->officer == "anna");
    CHECK(all[0].released_by == "bo");
    CHECK(all[0].released_time == kNow + absl::Hours(1));
    CHECK(all[0].version == 3);
  });
  CHECK(scene.Ask("SELECT position('Rätteg'::bytea IN reason || release_reason) FROM legal_hold") ==
        "0");
}

TEST_CASE("What is out of reach, or unknown, has no holds and gets none", "[retention][postgres]") {
  HoldScene scene;
  scene.Run([&](auto& tx) {
    CHECK_FALSE(scene.holds.Place(tx, Hold(), "Rättegång pågår", kPolice));
    LegalHold unknown = Hold();
    unknown.appointment = AppointmentId::Trusted("00000000-0000-7000-8000-0000000000ff");
    CHECK_FALSE(scene.holds.Place(tx, unknown, "Rättegång pågår", kEverywhere));
    REQUIRE(scene.holds.Place(tx, Hold(), "Rättegång pågår", kEverywhere));
    CHECK_FALSE(scene.holds.Lock(tx, Hold().id, kPolice).has_value());
    CHECK(scene.holds.Of(tx, Hold().appointment, kPolice).empty());
  });
}

TEST_CASE("The database itself demands two officers for a release", "[retention][postgres]") {
  HoldScene scene;
  scene.Run(
      [&](auto& tx) { REQUIRE(scene.holds.Place(tx, Hold(), "Rättegång pågår", kEverywhere)); });

  CHECK_THROWS(scene.database.Run(
      "UPDATE legal_hold SET released_time = '2026-02-03Z', released_by = 'anna'"));
  CHECK_THROWS(scene.database.Run(
      "UPDATE legal_hold SET released_time = '2026-02-03Z', released_by = 'anna', "
      "release_prepared_by = 'anna', release_prepared_time = '2026-02-03Z', release_reason = 'x'"));
  scene.database.Run(
      "UPDATE legal_hold SET released_time = '2026-02-03Z', released_by = 'bo', "
      "release_prepared_by = 'anna', release_prepared_time = '2026-02-03Z', release_reason = 'x'");
}

}  // namespace
}  // namespace bitrade::retention
