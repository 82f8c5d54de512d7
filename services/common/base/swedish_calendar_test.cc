#include "services/common/base/swedish_calendar.h"

#include "services/common/testing/catch.h"

namespace bitrade {
namespace {

using absl::CivilDay;

TEST_CASE("Easter is where the almanac has it", "[base][unit]") {
  CHECK(EasterSunday(2005) == CivilDay(2005, 3, 27));
  CHECK(EasterSunday(2008) == CivilDay(2008, 3, 23));
  CHECK(EasterSunday(2011) == CivilDay(2011, 4, 24));
  CHECK(EasterSunday(2018) == CivilDay(2018, 4, 1));
  CHECK(EasterSunday(2024) == CivilDay(2024, 3, 31));
  CHECK(EasterSunday(2025) == CivilDay(2025, 4, 20));
  CHECK(EasterSunday(2026) == CivilDay(2026, 4, 5));
  CHECK(EasterSunday(2038) == CivilDay(2038, 4, 25));
}

TEST_CASE("The public holidays of 2026 are those of the law", "[base][unit]") {
  int holidays = 0;
  for (CivilDay day(2026, 1, 1); day.year() == 2026; ++day)
    holidays += IsPublicHoliday(day) ? 1 : 0;
  CHECK(holidays == 13);
  for (const CivilDay day :
       {CivilDay(2026, 1, 1), CivilDay(2026, 1, 6), CivilDay(2026, 4, 3), CivilDay(2026, 4, 5),
        CivilDay(2026, 4, 6), CivilDay(2026, 5, 1), CivilDay(2026, 5, 14), CivilDay(2026, 5, 24),
        CivilDay(2026, 6, 6), CivilDay(2026, 6, 20), CivilDay(2026, 10, 31), CivilDay(2026, 12, 25),
        CivilDay(2026, 12, 26)}) {
    CHECK(IsPublicHoliday(day));
    CHECK(IsOtherTimeDay(day));
  }
}

TEST_CASE("Midsummer and All Saints move within their weeks", "[base][unit]") {
  CHECK(IsPublicHoliday(CivilDay(2025, 6, 21)));
  CHECK(IsHolidayEve(CivilDay(2025, 6, 20)));
  CHECK(IsPublicHoliday(CivilDay(2027, 6, 26)));
  CHECK(IsPublicHoliday(CivilDay(2021, 11, 6)));
  CHECK_FALSE(IsPublicHoliday(CivilDay(2021, 10, 30)));
}

TEST_CASE("6 June has been a holiday since 2005", "[base][unit]") {
  CHECK(IsPublicHoliday(CivilDay(2005, 6, 6)));
  CHECK_FALSE(IsPublicHoliday(CivilDay(2004, 6, 6)));
}

TEST_CASE("The three eves and week-ends are other time, other eves are not", "[base][unit]") {
  CHECK(IsOtherTimeDay(CivilDay(2026, 6, 19)));
  CHECK(IsOtherTimeDay(CivilDay(2026, 12, 24)));
  CHECK(IsOtherTimeDay(CivilDay(2026, 12, 31)));
  CHECK(IsOtherTimeDay(CivilDay(2026, 2, 7)));
  CHECK(IsOtherTimeDay(CivilDay(2026, 2, 8)));
  CHECK(IsWorkingDay(CivilDay(2026, 1, 5)));
  CHECK(IsWorkingDay(CivilDay(2026, 4, 2)));
  CHECK(IsWorkingDay(CivilDay(2026, 4, 30)));
}

}  // namespace
}  // namespace bitrade
