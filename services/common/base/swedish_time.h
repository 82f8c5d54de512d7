// The passage between instants and Swedish civil days, here and nowhere else. Deadlines of the law
// are counted in days of Europe/Stockholm.
#pragma once

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace bitrade {

// Europe/Stockholm. The process ends when the system has no time zone data: a wrong day is worse
// than no service.
absl::TimeZone SwedishTime();

// Returns the Swedish day of an instant.
absl::CivilDay SwedishDay(absl::Time time);

// Returns the first instant after `day`.
absl::Time EndOfSwedishDay(absl::CivilDay day);

}  // namespace bitrade
