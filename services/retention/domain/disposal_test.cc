#include "services/retention/domain/disposal.h"

#include "services/common/testing/catch.h"

namespace bitrade::retention {
namespace {

using bitrade::testing::ReasonOf;

const std::vector<GracePeriod> kPeriods{
    {absl::CivilDay(2024, 1, 1), absl::CivilDay(2025, 12, 31), 60},
    {absl::CivilDay(2026, 1, 1), std::nullopt, 30}};

TEST_CASE("Copies are due the grace period of the day after the end of visibility",
          "[retention][domain]") {
  const absl::Time end = absl::FromCivil(absl::CivilSecond(2026, 3, 1), absl::UTCTimeZone());

  const auto due = DueTime(end, kPeriods);

  REQUIRE_OK(due);
  CHECK(*due == end + absl::Hours(24 * 30));
}

TEST_CASE("The grace period is the one of the Stockholm day, first and last day included",
          "[retention][domain]") {
  // 23:30 UTC on the last day of 2025 is 2026 in Stockholm.
  const absl::Time turn =
      absl::FromCivil(absl::CivilSecond(2025, 12, 31, 23, 30, 0), absl::UTCTimeZone());

  CHECK(DueTime(turn, kPeriods).value() == turn + absl::Hours(24 * 30));
  CHECK(DueTime(turn - absl::Hours(2), kPeriods).value() ==
        turn - absl::Hours(2) + absl::Hours(24 * 60));
}

TEST_CASE("A day in no row is an error with a name", "[retention][domain]") {
  const absl::Time before = absl::FromCivil(absl::CivilSecond(2023, 6, 1), absl::UTCTimeZone());

  CHECK(ReasonOf(DueTime(before, kPeriods)) == "GRACE_PERIOD_UNKNOWN");
}

}  // namespace
}  // namespace bitrade::retention
