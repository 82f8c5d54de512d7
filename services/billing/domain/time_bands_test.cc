#include "services/billing/domain/time_bands.h"

#include "services/common/base/swedish_time.h"
#include "services/common/testing/catch.h"

namespace bitrade::billing {
namespace {

absl::Time At(int month, int day, int hour, int minute = 0) {
  return absl::FromCivil(absl::CivilMinute(2026, month, day, hour, minute), SwedishTime());
}

int Minutes(const std::vector<BandPart>& parts, Band band, Counting counting) {
  int minutes = 0;
  for (const BandPart& part : parts) {
    if (part.band == band && part.counting == counting) minutes += part.minutes;
  }
  return minutes;
}

TEST_CASE("A weekday is cut at 07, 08, 18 and 22", "[billing][domain]") {
  const auto parts = SplitOnBands({.interval = {At(2, 4, 6, 30), At(2, 4, 23)}});
  CHECK(Minutes(parts, Band::kOther, Counting::kOutsideHours) == 30 + 60);
  CHECK(Minutes(parts, Band::kDay, Counting::kCounts) == 600);
  CHECK(Minutes(parts, Band::kOther, Counting::kCounts) == 60 + 240);
}

TEST_CASE("Saturdays, holidays and eves are other time all day", "[billing][domain]") {
  for (const auto& [month, day] : {std::pair(2, 7), {4, 3}, {6, 19}, {12, 24}}) {
    const auto parts = SplitOnBands({.interval = {At(month, day, 9), At(month, day, 10, 1)}});
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].band == Band::kOther);
    CHECK(parts[0].minutes == 61);
  }
}

TEST_CASE("Meal breaks do not count, each minute of them once", "[billing][domain]") {
  const auto parts =
      SplitOnBands({.interval = {At(2, 4, 11), At(2, 4, 14)},
                    .meals = {{At(2, 4, 12), At(2, 4, 12, 45)}, {At(2, 4, 12, 30), At(2, 4, 13)}}});
  CHECK(Minutes(parts, Band::kDay, Counting::kMealBreak) == 60);
  CHECK(Minutes(parts, Band::kDay, Counting::kCounts) == 120);
}

TEST_CASE("After an overnight stay 18–22 counts only when it is travel", "[billing][domain]") {
  TimeLoss loss{.interval = {At(2, 4, 17), At(2, 4, 22)}, .overnight = true};
  auto parts = SplitOnBands(loss);
  CHECK(Minutes(parts, Band::kDay, Counting::kCounts) == 60);
  CHECK(Minutes(parts, Band::kOther, Counting::kOvernightStay) == 240);
  loss.travel = true;
  parts = SplitOnBands(loss);
  CHECK(Minutes(parts, Band::kOther, Counting::kCounts) == 240);
}

TEST_CASE("On the days of clock change, real minutes are counted", "[billing][domain]") {
  // 29 March loses an hour and 25 October gains one, both between 00 and 07 on Sundays.
  auto parts = SplitOnBands({.interval = {At(3, 29, 0), At(3, 30, 0)}});
  CHECK(Minutes(parts, Band::kOther, Counting::kCounts) == 15 * 60);
  CHECK(Minutes(parts, Band::kOther, Counting::kOutsideHours) == 8 * 60);
  parts = SplitOnBands({.interval = {At(10, 25, 0), At(10, 26, 0)}});
  CHECK(Minutes(parts, Band::kOther, Counting::kCounts) == 15 * 60);
  CHECK(Minutes(parts, Band::kOther, Counting::kOutsideHours) == 10 * 60);
}

TEST_CASE("Several days add up", "[billing][domain]") {
  // Friday 6 February 17:00 to Monday 9 February 09:00.
  const auto parts = SplitOnBands({.interval = {At(2, 6, 17), At(2, 9, 9)}, .travel = true});
  CHECK(Minutes(parts, Band::kDay, Counting::kCounts) == 60 + 60);
  CHECK(Minutes(parts, Band::kOther, Counting::kCounts) == 240 + 2 * 900 + 60);
  CHECK(Minutes(parts, Band::kOther, Counting::kOutsideHours) == 3 * 540);
}

}  // namespace
}  // namespace bitrade::billing
