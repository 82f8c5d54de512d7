#include "services/common/base/id.h"

#include "absl/strings/ascii.h"

namespace bitrade {

bool IsUuid(absl::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? c != '-' : !(absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f'))) return false;
  }
  return true;
}

absl::Status MalformedId(absl::string_view /*text*/) {
  return absl::InvalidArgumentError("an id is a UUID in lower-case text");
}

}  // namespace bitrade
