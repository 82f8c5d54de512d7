#include "services/common/base/formats.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace bitrade {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The length of the sequence that `first` begins; 0 for what begins none.
size_t SequenceLength(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

// Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte.
bool IsSecondByteAllowed(unsigned char first, unsigned char second) {
  switch (first) {
    case 0xE0:
      return second >= 0xA0;
    case 0xED:
      return second <= 0x9F;
    case 0xF0:
      return second >= 0x90;
    case 0xF4:
      return second <= 0x8F;
    default:
      return true;
  }
}

// The length of the character at the front of `text`, in bytes; 0 when it is not valid UTF-8 or a
// control character.
size_t PrintableLength(absl::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const size_t length = SequenceLength(first);
  if (length == 0 || length > text.size()) return 0;
  if (length == 1) return absl::ascii_iscntrl(first) ? 0 : 1;
  const auto second = static_cast<unsigned char>(text[1]);
  const bool c1_control = first == 0xC2 && second < 0xA0;
  const auto rest = text.substr(1, length - 1);
  const bool valid =
      std::all_of(rest.begin(), rest.end(), IsContinuation) && IsSecondByteAllowed(first, second);
  return valid && !c1_control ? length : 0;
}

bool IsEmailPart(absl::string_view part, size_t max_size) {
  return !part.empty() && part.size() <= max_size && part.front() != '.' && part.back() != '.' &&
         std::all_of(part.begin(), part.end(), [](char c) {
           return absl::ascii_isgraph(static_cast<unsigned char>(c)) && c != '@' && c != '"' &&
                  c != '<' && c != '>' && c != ',' && c != ';' && c != '\\';
         });
}

bool AreDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

}  // namespace

bool IsLine(absl::string_view text, size_t max_characters) {
  if (text.empty() || absl::StripAsciiWhitespace(text).size() != text.size()) return false;
  for (size_t characters = 1; characters <= max_characters; ++characters) {
    const size_t length = PrintableLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
    if (text.empty()) return true;
  }
  return false;
}

bool IsPlainText(absl::string_view text) {
  while (!text.empty()) {
    const size_t length = text[0] == '\n' ? 1 : PrintableLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool IsE164(absl::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
         AreDigits(text.substr(1));
}

bool IsEmail(absl::string_view text) {
  const auto at = text.find('@');
  if (at == absl::string_view::npos || text.size() > 254) return false;
  const auto domain = text.substr(at + 1);
  return IsEmailPart(text.substr(0, at), 64) && IsEmailPart(domain, 253) &&
         domain.find('.') != absl::string_view::npos;
}

bool IsLanguageCode(absl::string_view text) {
  return text.size() == 2 && std::all_of(text.begin(), text.end(), absl::ascii_islower);
}

bool IsCountryCode(absl::string_view text) {
  return text.size() == 2 && std::all_of(text.begin(), text.end(), absl::ascii_isupper);
}

bool IsCode(absl::string_view text) {
  return !text.empty() && text.size() <= 60 &&
         absl::ascii_isupper(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isupper(c) || absl::ascii_isdigit(c) || c == '_';
         });
}

bool IsDigits(absl::string_view text, size_t count) {
  return text.size() == count && AreDigits(text);
}

bool IsSha256(absl::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
         });
}

bool HasLuhnDigit(absl::string_view digits) {
  int sum = 0;
  for (size_t from_right = 0; from_right < digits.size(); ++from_right) {
    const int digit = digits[digits.size() - 1 - from_right] - '0';
    const int weighted = from_right % 2 == 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 == 0;
}

}  // namespace bitrade
