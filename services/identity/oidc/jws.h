// JSON Web Signatures in compact form (RFC 7515): what a provider signs is checked, what we sign is
// made.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/identity/oidc/json_object.h"
#include "services/identity/oidc/key_set.h"

namespace bitrade::identity::oidc {

// In bytes: a token of a few claims is a tenth of it.
constexpr size_t kLargestToken = size_t{16} * 1024;

// What the header's `typ` may be. An ID token and UserInfo have "JWT" or none.
enum class TokenType { kJwt, kLogout };

// Verifies a token's signature and returns its claims, which say nothing yet: who compares them
// knows what was asked for. Keys and addresses of keys in the header are ignored.
//
// Errors: OIDC_ANSWER_REFUSED with fault SIZE, FORM, ALGORITHM, CRITICAL, TYPE, KEY_ID,
// KEY_UNKNOWN, KEY or SIGNATURE.
absl::StatusOr<JsonObject> VerifyJws(absl::string_view token, TokenType type, const KeySet& keys);

// Returns the key id in the header of a token that nothing else is known of; "" when it has none or
// is no token.
std::string KeyIdOf(absl::string_view token);

// Signs claims, a JSON object.
std::string SignJws(absl::string_view claims, const SigningKey& key);

}  // namespace bitrade::identity::oidc
