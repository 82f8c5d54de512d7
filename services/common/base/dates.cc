#include "services/common/base/dates.h"

namespace bitrade {

std::optional<absl::CivilDay> ParseDate(absl::string_view text) {
  absl::CivilDay day;
  // Formatting again refuses what the parser lets through: blanks, short forms, days past the
  // month's end.
  if (text.size() != 10 || !absl::ParseCivilTime(text, &day) || FormatDate(day) != text) {
    return std::nullopt;
  }
  return day;
}

std::string FormatDate(absl::CivilDay day) { return absl::FormatCivilTime(day); }

}  // namespace bitrade
