// Counting in calendar months. Source: lag (1930:173) om beräkning av lagstadgad tid 1 §.
#pragma once

#include "absl/time/civil_time.h"

namespace bitrade {

// Returns the day with the same number `months` later; a day that the month lacks is its last day.
absl::CivilDay AddMonths(absl::CivilDay day, int months);

}  // namespace bitrade
