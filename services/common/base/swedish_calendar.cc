#include "services/common/base/swedish_calendar.h"

namespace bitrade {
namespace {

using absl::CivilDay;

bool IsDate(CivilDay day, int month, int number) {
  return day.month() == month && day.day() == number;
}

// The Saturday within seven days from `first`.
CivilDay SaturdayFrom(CivilDay first) {
  return absl::NextWeekday(first - 1, absl::Weekday::saturday);
}

CivilDay MidsummerDay(CivilDay day) { return SaturdayFrom(CivilDay(day.year(), 6, 20)); }

CivilDay AllSaintsDay(CivilDay day) { return SaturdayFrom(CivilDay(day.year(), 10, 31)); }

bool IsFixedHoliday(CivilDay day) {
  return IsDate(day, 1, 1) || IsDate(day, 1, 6) || IsDate(day, 5, 1) ||
         (IsDate(day, 6, 6) && day.year() >= 2005) || IsDate(day, 12, 25) || IsDate(day, 12, 26);
}

bool FollowsEaster(CivilDay day) {
  constexpr absl::civil_diff_t kGoodFriday = -2, kEaster = 0, kEasterMonday = 1, kAscension = 39,
                               kWhitSunday = 49;
  const absl::civil_diff_t offset = day - EasterSunday(static_cast<int>(day.year()));
  return offset == kGoodFriday || offset == kEaster || offset == kEasterMonday ||
         offset == kAscension || offset == kWhitSunday;
}

}  // namespace

// The Gregorian computus in the form of Meeus, Jones and Butcher; the names are those of that form.
CivilDay EasterSunday(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int g = (8 * b + 13) / 25;
  const int h = (19 * a + b - b / 4 - g + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 19 * l) / 433;
  const int month = (h + l - 7 * m + 90) / 25;
  return CivilDay(year, month, (h + l - 7 * m + 33 * month + 19) % 32);
}

bool IsPublicHoliday(CivilDay day) {
  return IsFixedHoliday(day) || FollowsEaster(day) || day == MidsummerDay(day) ||
         day == AllSaintsDay(day);
}

bool IsHolidayEve(CivilDay day) {
  return day == MidsummerDay(day) - 1 || IsDate(day, 12, 24) || IsDate(day, 12, 31);
}

bool IsOtherTimeDay(CivilDay day) {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday ||
         IsPublicHoliday(day) || IsHolidayEve(day);
}

bool IsWorkingDay(CivilDay day) { return !IsOtherTimeDay(day); }

}  // namespace bitrade
