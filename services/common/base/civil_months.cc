#include "services/common/base/civil_months.h"

#include <algorithm>

namespace bitrade {

absl::CivilDay AddMonths(absl::CivilDay day, int months) {
  const absl::CivilMonth target = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(target + 1) - 1;
  return std::min(absl::CivilDay(target) + (day.day() - 1), last);
}

}  // namespace bitrade
