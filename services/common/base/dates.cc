#include "services/common/base/dates.h"

#include "absl/strings/str_format.h"

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

std::string FormatDate(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

}  // namespace bitrade
