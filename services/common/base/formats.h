// The shapes of texts that more than one service takes in: names, telephone numbers, e-mail
// addresses, check digits. Shapes alone: that a number is in use or a mailbox exists is nobody's
// claim.
#pragma once

#include <cstddef>

#include "absl/strings/string_view.h"

namespace bitrade {

// Tells whether `text` is valid UTF-8 of 1 to `max_characters` characters, without control
// characters and without white space at either end.
bool IsLine(absl::string_view text, size_t max_characters);

// Tells whether `text` is valid UTF-8 without control characters but line feeds.
bool IsPlainText(absl::string_view text);

// Tells whether `text` is a telephone number in E.164: "+", then 7 to 15 digits of which the first
// is not 0.
bool IsE164(absl::string_view text);

// Tells whether `text` looks like an e-mail address of at most 254 bytes: one "@", a local part, a
// domain with a dot.
bool IsEmail(absl::string_view text);

// Tells whether `text` has the shape of an ISO 639-1 language code: two lower-case letters.
bool IsLanguageCode(absl::string_view text);

// Tells whether `text` has the shape of an ISO 3166-1 alpha-2 country code: two upper-case letters.
bool IsCountryCode(absl::string_view text);

// Tells whether `text` is a code as our code tables have them: upper-case letters, digits and "_",
// at most 60, a letter first.
bool IsCode(absl::string_view text);

// Tells whether `text` consists of digits alone and there are exactly `count`.
bool IsDigits(absl::string_view text, size_t count);

// Tells whether `text` is a SHA-256 digest as we write it: 64 lower-case hexadecimal digits.
bool IsSha256(absl::string_view text);

// Tells whether the last digit is the check digit of the others (Luhn, mod 10). Precondition:
// digits alone.
bool HasLuhnDigit(absl::string_view digits);

}  // namespace bitrade
