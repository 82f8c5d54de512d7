// Whether bytes are text.
#pragma once

#include "absl/strings/string_view.h"

namespace bitrade::gateway {

// Tells whether `text` is well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates.
bool IsUtf8(absl::string_view text);

}  // namespace bitrade::gateway
