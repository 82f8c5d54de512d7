// base64url without padding (RFC 7515, appendix C), read in one way only.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::identity::oidc {

std::string ToBase64Url(absl::string_view bytes);

// Returns the bytes; nullopt for padding, white space, another alphabet, or a last character with
// bits that mean nothing: each text of bytes has one form.
std::optional<std::string> FromBase64Url(absl::string_view text);

}  // namespace bitrade::identity::oidc
