#include "services/registry/domain/masking.h"

#include <array>
#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/common/base/formats.h"

namespace bitrade::registry {
namespace {

constexpr int kCoordinationDays = 60;
constexpr size_t kMostParts = 6;       // "1981 12 18 98 76" has five
constexpr size_t kMostSeparators = 3;  // "811218 - 9876"

// Hyphen-minus and its kin, and blanks, those that are not seen as well: what people put, or paste,
// between the parts of a number.
constexpr std::array<absl::string_view, 18> kSeparators{
    "-",      "+",      " ",      ".",      "/",      "\t",     "\n",     "\u00a0", "\u00ad",
    "\u2009", "\u200b", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u202f", "\u2212"};

// Digits that stand together, as a place in the text.
struct Part {
  size_t begin = 0;
  size_t end = 0;
  // Nothing but a few separators stands before it, after the part before.
  bool follows = false;
};

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

// Whether `between`, which has no digits, is what may part a number.
bool OnlySeparators(absl::string_view between) {
  for (size_t count = 0; count < kMostSeparators && !between.empty(); ++count) {
    for (const absl::string_view separator : kSeparators) {
      if (!absl::StartsWith(between, separator)) continue;
      between.remove_prefix(separator.size());
      break;
    }
  }
  return between.empty();
}

std::vector<Part> PartsOf(absl::string_view text) {
  std::vector<Part> parts;
  for (size_t at = 0; at < text.size(); ++at) {
    if (!IsDigit(text[at])) continue;
    Part part{.begin = at, .end = at};
    while (part.end < text.size() && IsDigit(text[part.end])) ++part.end;
    if (!parts.empty()) {
      const size_t last = parts.back().end;
      part.follows = OnlySeparators(text.substr(last, part.begin - last));
    }
    parts.push_back(part);
    at = part.end;
  }
  return parts;
}

int TwoDigits(absl::string_view digits, size_t at) {
  return (digits[at] - '0') * 10 + (digits[at + 1] - '0');
}

bool IsDate(int year, int month, int day) {
  const absl::CivilDay date(year, month, day);
  return date.year() == year && date.month() == month && date.day() == day;
}

// Ten digits leave the century open: a leap day must exist in one of them.
bool HasDate(absl::string_view ten, absl::string_view century) {
  const int month = TwoDigits(ten, 2);
  const int stated = TwoDigits(ten, 4);
  const int day = stated > kCoordinationDays ? stated - kCoordinationDays : stated;
  for (const int hundreds : {18, 19, 20}) {
    if (!century.empty() && TwoDigits(century, 0) != hundreds) continue;
    if (IsDate(hundreds * 100 + TwoDigits(ten, 0), month, day)) return true;
  }
  return false;
}

bool IsIdentityNumber(absl::string_view digits) {
  if (digits.size() != 10 && digits.size() != 12) return false;
  const absl::string_view ten = digits.substr(digits.size() - 10);
  return HasDate(ten, digits.substr(0, digits.size() - 10)) && HasLuhnDigit(ten);
}

// How many parts from `first` on make an identity number; 0 for none.
size_t NumberAt(absl::string_view text, const std::vector<Part>& parts, size_t first) {
  std::string digits;
  for (size_t count = 1; count <= kMostParts && first + count <= parts.size(); ++count) {
    const Part& part = parts[first + count - 1];
    if (count > 1 && !part.follows) return 0;
    absl::StrAppend(&digits, text.substr(part.begin, part.end - part.begin));
    if (IsIdentityNumber(digits)) return count;
    if (digits.size() >= 12) return 0;
  }
  return 0;
}

}  // namespace

Masked MaskIdentityNumbers(absl::string_view text) {
  const std::vector<Part> parts = PartsOf(text);
  Masked masked{.text = std::string(text)};
  for (size_t first = 0; first < parts.size();) {
    const size_t count = NumberAt(text, parts, first);
    for (size_t i = first; i < first + count; ++i) {
      masked.text.replace(parts[i].begin, parts[i].end - parts[i].begin,
                          parts[i].end - parts[i].begin, 'X');
    }
    if (count > 0) ++masked.numbers;
    first += count > 0 ? count : 1;
  }
  return masked;
}

}  // namespace bitrade::registry
