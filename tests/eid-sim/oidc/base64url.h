// Base64 for URLs without padding, as JOSE demands it.
// Source: RFC 7515 2.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::eidsim::oidc {

std::string Base64Url(absl::string_view bytes);

// Errors: INVALID_ARGUMENT for padding, for any other letter, and for bits left over.
absl::StatusOr<std::string> FromBase64Url(absl::string_view text);

}  // namespace bitrade::eidsim::oidc
