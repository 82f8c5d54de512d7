#include "services/common/base/swedish_time.h"

#include <cstdlib>

namespace bitrade {

absl::TimeZone SwedishTime() {
  static const absl::TimeZone zone = [] {
    absl::TimeZone loaded;
    if (!absl::LoadTimeZone("Europe/Stockholm", &loaded)) std::abort();
    return loaded;
  }();
  return zone;
}

absl::CivilDay SwedishDay(absl::Time time) { return absl::ToCivilDay(time, SwedishTime()); }

absl::Time EndOfSwedishDay(absl::CivilDay day) { return absl::FromCivil(day + 1, SwedishTime()); }

}  // namespace bitrade
