#include "services/appointments/availability/store.h"

#include "services/appointments/testing/scene.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using testing::Scene;

TEST_CASE("A counsel of whom registry has told takes new appointments until it is changed",
          "[appointments][postgres]") {
  Scene scene;
  scene.Change([&](postgres::Transaction& tx) {
    AvailabilityStore& store = scene.stores().availability;
    const auto before = store.Lock(tx, {testing::Astrid().text(), testing::kNow});
    REQUIRE(before.has_value());
    CHECK(before->status == AvailabilityStatus::kTakesNew);
    CHECK(before->capacity == 20);
    store.Update(tx, SetStatus(*before, AvailabilityStatus::kOnlyIfRequested, testing::kNow));
    const auto after = store.Find(tx, {testing::Astrid().text(), testing::kNow});
    CHECK(after->status == AvailabilityStatus::kOnlyIfRequested);
    CHECK(after->version == 2);
    CHECK_FALSE(
        store.Find(tx, {"00000000-0000-7000-9000-000000000009", testing::kNow}).has_value());
  });
}

TEST_CASE("Older facts of the register do not take the place of newer ones",
          "[appointments][postgres]") {
  Scene scene;
  scene.Change([&](postgres::Transaction& tx) {
    AvailabilityStore& store = scene.stores().availability;
    store.Learn(tx, testing::Astrid(), {.version = 3, .listing = Listing::kRemoved}, testing::kNow);
    store.Learn(tx, testing::Astrid(), {.version = 2, .listing = Listing::kListed}, testing::kNow);
    CHECK(store.CandidateOf(tx, testing::Astrid(), testing::kNow).listing == Listing::kRemoved);
  });
}

TEST_CASE("What is in force and not at its end takes a place", "[appointments][postgres]") {
  Scene scene;
  scene.Appointed({});
  scene.Appointed({.handling = Handling::kPaper});
  scene.Appointed({.visible_until = testing::kNow});
  scene.Appointed({.counsel = testing::OtherCounsel()});

  const Candidate candidate = scene.Read([&](postgres::Transaction& tx) {
    return scene.stores().availability.CandidateOf(tx, testing::Astrid(), testing::kNow);
  });

  CHECK(candidate.in_force == 2);
  CHECK(candidate.capacity == 20);
}

}  // namespace
}  // namespace bitrade::appointments
