#include "services/appointments/flags/follow.h"

#include "services/appointments/testing/scene.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using testing::Scene;

events::v1::Event Said(int64_t version, const std::string& listing) {
  events::v1::Event event;
  event.set_aggregate("counsel");
  event.set_aggregate_id(testing::Astrid().text());
  event.set_version(version);
  event.set_kind("REGISTERED");
  (*event.mutable_data())["listing"] = listing;
  return event;
}

// The follower of registry's events beside a scene in which the register has said version 1.
struct Bench {
  void Hear(const events::v1::Event& event) {
    scene.Change([&](postgres::Transaction& tx) { REQUIRE_OK(follower.Apply(tx, event)); });
  }
  // The flags that stand, as text.
  std::string Standing() {
    return scene.database()
        .Run(
            "SELECT coalesce(string_agg(kind || ' ' || register_version, ', ' ORDER BY kind), '') "
            "FROM appointment_flag WHERE lowered_time IS NULL")[0][0]
        .c_str();
  }
  std::string Told() {
    return scene.database()
        .Run(
            "SELECT coalesce(string_agg(kind || ' ' || (data->>'kind'), ', ' ORDER BY seq), '') "
            "FROM event WHERE aggregate = 'appointment_flag'")[0][0]
        .c_str();
  }

  Scene scene;
  bitrade::testing::FakeClock clock{testing::kNow};
  RandomIds ids;
  CounselFollower follower{scene.stores().availability, scene.stores().flags, clock, ids};
};

TEST_CASE("An ineligibility flags what is in force, and is told once", "[appointments][postgres]") {
  Bench bench;
  bench.scene.Appointed({});
  bench.scene.Appointed({.visible_until = testing::kNow});
  bench.scene.Appointed({.counsel = testing::OtherCounsel()});

  bench.Hear(Said(2, "INELIGIBLE"));
  bench.Hear(Said(2, "INELIGIBLE"));

  CHECK(bench.Standing() == "COUNSEL_INELIGIBLE 2");
  CHECK(bench.Told() == "RAISED COUNSEL_INELIGIBLE");
}

TEST_CASE("An ineligibility that ends lowers the flag and keeps that it stood",
          "[appointments][postgres]") {
  Bench bench;
  bench.scene.Appointed({});
  bench.Hear(Said(2, "REMOVED"));
  bench.Hear(Said(3, "INELIGIBLE"));
  CHECK(bench.Standing() == "COUNSEL_INELIGIBLE 3");

  bench.Hear(Said(4, "LISTED"));

  CHECK(bench.Standing().empty());
  CHECK(bench.Told() ==
        "RAISED COUNSEL_REMOVED, LOWERED COUNSEL_REMOVED, RAISED COUNSEL_INELIGIBLE, LOWERED "
        "COUNSEL_INELIGIBLE");
}

TEST_CASE("News that are older than what is known raise and lower nothing",
          "[appointments][postgres]") {
  Bench bench;
  bench.scene.Appointed({});
  bench.Hear(Said(3, "INELIGIBLE"));

  bench.Hear(Said(2, "LISTED"));

  CHECK(bench.Standing() == "COUNSEL_INELIGIBLE 3");
}

TEST_CASE("An ineligibility that is heard before the appointment is made stops it",
          "[appointments][postgres]") {
  Bench bench;
  bench.Hear(Said(2, "INELIGIBLE"));

  bench.scene.Change([&](postgres::Transaction& tx) {
    AvailabilityStore& availability = bench.scene.stores().availability;
    // What registry was asked a moment before it declared her ineligible.
    availability.Learn(tx, testing::Astrid(), {.version = 1}, testing::kNow);
    CHECK_FALSE(CheckCandidate(availability.CandidateOf(tx, testing::Astrid(), testing::kNow),
                               Trigger::kRequestedByApplicant)
                    .ok());
  });
}

TEST_CASE("A register that was restored from a copy is believed again",
          "[appointments][postgres]") {
  Bench bench;
  bench.scene.Appointed({});
  bench.Hear(Said(9, "INELIGIBLE"));

  bench.scene.Change([&](postgres::Transaction& tx) {
    bench.follower.Reset(tx);
    REQUIRE_OK(bench.follower.Apply(tx, Said(4, "LISTED")));
  });

  CHECK(bench.Standing().empty());
}

TEST_CASE("A listing that this version does not know flags, and other news say nothing",
          "[appointments][postgres]") {
  Bench bench;
  bench.scene.Appointed({});
  events::v1::Event other = Said(2, "INELIGIBLE");
  other.set_aggregate("delegation");

  bench.Hear(other);
  CHECK(bench.Standing().empty());
  bench.Hear(Said(2, "SUSPENDED"));
  CHECK(bench.Standing() == "COUNSEL_INELIGIBLE 2");
}

}  // namespace
}  // namespace bitrade::appointments
