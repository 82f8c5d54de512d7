#include "services/common/base/dates.h"

namespace bitrade {

std::optional<absl::CivilDay> ParseDate(absl::string_view text) {
  absl::CivilDay day;
  // Formatting again refuses what the parser lets through: blanks, short forms, days past the
  // month's end. There is no year 0: not in the calendar, and not in the database.
  if (text.size() != 10 || !absl::ParseCivilTime(text, &day) || day.year() < 1 ||
      FormatDate(day) != text) {
    return std::nullopt;
  }
  return day;
}

// Lists are full of days: digits are written one by one, at a fifth of a format string's price.
std::string FormatDate(absl::CivilDay day) {
  std::string text = "0000-00-00";
  const auto write = [&text](size_t first, size_t digits, int64_t number) {
    for (size_t at = first + digits; at > first && number > 0; number /= 10) {
      text[--at] = static_cast<char>('0' + number % 10);
    }
  };
  write(0, 4, day.year());
  write(5, 2, day.month());
  write(8, 2, day.day());
  return text;
}

}  // namespace bitrade
