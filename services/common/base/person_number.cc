#include "services/common/base/person_number.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/common/base/formats.h"
#include "services/common/base/status_macros.h"

namespace bitrade {
namespace {

constexpr int kCoordinationDays = 60;
constexpr int kFirstYear = 1800;

absl::Status Malformed(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("identity number: ", what));
}

int Number(absl::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

// The last year up to `today`'s that ends in `two_digits`, or the one a century before it.
int FullYear(int two_digits, bool hundred_or_more, absl::CivilDay today) {
  const int last = static_cast<int>(today.year());
  const int year = last - (last - two_digits) % 100;
  return hundred_or_more ? year - 100 : year;
}

// The twelve digits of any of the three forms.
absl::StatusOr<std::string> TwelveDigits(absl::string_view text, absl::CivilDay today) {
  if (IsDigits(text, 12)) return std::string(text);
  if (text.size() != 11 || (text[6] != '-' && text[6] != '+')) {
    return Malformed("must be YYYYMMDDNNNN, YYMMDD-NNNN or YYMMDD+NNNN");
  }
  const absl::string_view date = text.substr(0, 6);
  const absl::string_view rest = text.substr(7);
  if (!IsDigits(date, 6) || !IsDigits(rest, 4)) return Malformed("must be digits");
  const int year = FullYear(Number(date.substr(0, 2)), text[6] == '+', today);
  return absl::StrFormat("%04d%s%s", year, date.substr(2), rest);
}

}  // namespace

absl::StatusOr<PersonNumber> PersonNumber::Parse(absl::string_view text, absl::CivilDay today) {
  ASSIGN_OR_RETURN(std::string digits, TwelveDigits(text, today));
  const absl::string_view all = digits;
  const int year = Number(all.substr(0, 4));
  const int month = Number(all.substr(4, 2));
  const int stated_day = Number(all.substr(6, 2));
  const bool coordination = stated_day > kCoordinationDays;
  const int day = coordination ? stated_day - kCoordinationDays : stated_day;
  const absl::CivilDay birth_day(year, month, day);
  // CivilDay carries what overflows into the next month.
  if (birth_day.month() != month || birth_day.day() != day || year < kFirstYear) {
    return Malformed("no such date");
  }
  if (birth_day > today) return Malformed("a date to come");
  if (!HasLuhnDigit(all.substr(2))) return Malformed("wrong check digit");
  return PersonNumber(std::move(digits), birth_day, coordination);
}

std::string PersonNumber::Masked() const {
  return absl::StrCat(absl::string_view(digits_).substr(0, 4), "****-****");
}

}  // namespace bitrade
