// Identity numbers in what people write: nobody needs them to mend a service, and few know that
// they should not be in a message.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::registry {

struct Masked {
  std::string text;
  int numbers = 0;  // how many were masked
};

// Returns `text` with an "X" for each digit of what is a personnummer or a samordningsnummer by its
// date and check digit: ten or twelve digits, written together or parted by hyphens, dashes, plus
// signs, spaces, dots or slashes, but not within a longer number. Whether anybody bears the number
// is not asked: some other number is masked now and then, and no harm is done.
//
// Source: folkbokföringslagen (1991:481) 18 §; lagen (2022:1697) om samordningsnummer.
Masked MaskIdentityNumbers(absl::string_view text);

}  // namespace bitrade::registry
