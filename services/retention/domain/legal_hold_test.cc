#include "services/retention/domain/legal_hold.h"

#include "services/common/testing/catch.h"

namespace bitrade::retention {
namespace {

using testing::ReasonOf;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

LegalHold Placed() {
  return {.id = LegalHoldId::Trusted("00000000-0000-7000-8000-0000000000e1"),
          .appointment = AppointmentId::Trusted("00000000-0000-7000-8000-00000000000a"),
          .decision_number = "D-1",
          .placed_time = kNow,
          .preparation = {},
          .released_time = {}};
}

TEST_CASE("A hold is released by an officer who did not prepare it", "[retention][domain]") {
  CHECK(ReasonOf(Release(Placed(), "anna", kNow)) == "LEGAL_HOLD_RELEASE_NOT_PREPARED");
  const auto prepared = PrepareRelease(Placed(), "anna", kNow);
  REQUIRE_OK(prepared);
  CHECK(ReasonOf(Release(*prepared, "anna", kNow)) == "FOUR_EYES_REQUIRED");

  const auto released = Release(*prepared, "bo", kNow);

  REQUIRE_OK(released);
  CHECK(released->released_time == kNow);
  CHECK(released->released_by == "bo");
  CHECK(released->version == 3);
}

TEST_CASE("What is released stays as it is", "[retention][domain]") {
  const auto released = Release(*PrepareRelease(Placed(), "anna", kNow), "bo", kNow);

  CHECK(Release(*released, "anna", kNow + absl::Hours(1))->released_time == kNow);
  CHECK(Release(*released, "anna", kNow)->version == 3);
  CHECK(ReasonOf(PrepareRelease(*released, "anna", kNow)) == "LEGAL_HOLD_RELEASED");
}

TEST_CASE("Whoever prepares anew takes the place of whoever did before", "[retention][domain]") {
  const auto twice = PrepareRelease(*PrepareRelease(Placed(), "anna", kNow), "bo", kNow);

  CHECK(ReasonOf(Release(*twice, "bo", kNow)) == "FOUR_EYES_REQUIRED");
  CHECK(Release(*twice, "anna", kNow).ok());
}

}  // namespace
}  // namespace bitrade::retention
