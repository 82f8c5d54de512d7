// Which Swedish days are ordinary working days. Pure: a function of the date alone.
//
// Source: lag (1989:253) om allmänna helgdagar 1 §. 6 June became a public holiday in 2005.
#pragma once

#include "absl/time/civil_time.h"

namespace bitrade {

// Returns Easter Sunday (Swedish: påskdagen) of a Gregorian year.
absl::CivilDay EasterSunday(int year);

// Whether `day` is one of the named public holidays. Sundays as such are not counted here.
bool IsPublicHoliday(absl::CivilDay day);

// Whether `day` is Midsummer Eve, Christmas Eve or New Year's Eve.
bool IsHolidayEve(absl::CivilDay day);

// Whether the whole of `day` is "other time" (Swedish: annan tid): Saturdays, Sundays, public
// holidays and the three eves.
bool IsOtherTimeDay(absl::CivilDay day);

// Whether `day` is a day on which offices are open: the opposite of IsOtherTimeDay.
bool IsWorkingDay(absl::CivilDay day);

}  // namespace bitrade
