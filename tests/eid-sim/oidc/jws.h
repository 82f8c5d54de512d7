// Compact signed tokens of others: request objects, client assertions, and our own ID tokens that
// come back.
// Source: RFC 7515; RFC 8725.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tests/eid-sim/oidc/jwk.h"

namespace bitrade::eidsim::oidc {

constexpr size_t kMaxJws = size_t{16} * 1024;

// Returns the payload when one of `keys` made the signature: the one that the header's `kid` names,
// if both have one. Errors: INVALID_ARGUMENT for another form, an algorithm beside ES256, RS256 and
// PS256, a `crit`, and a signature that nobody made.
absl::StatusOr<std::string> OpenJws(absl::string_view compact, const std::vector<PublicKey>& keys);

// Returns header and payload in base64url with a point between them: what is signed.
std::string SigningInput(absl::string_view header, absl::string_view payload);

}  // namespace bitrade::eidsim::oidc
