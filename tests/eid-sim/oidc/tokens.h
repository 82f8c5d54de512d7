// The tokens that the provider makes, each with the fault that was ordered for the log-in.
#pragma once

#include <string>

#include "tests/eid-sim/oidc/authorization.h"
#include "tests/eid-sim/oidc/realm.h"

namespace bitrade::eidsim::oidc {

// Says who logged in, when and how: for five minutes.
// Source: OpenID Connect Core 2, 3.1.3.6.
std::string IdToken(const Authorization& login, const Issuing& issuing);

// A signed answer of the UserInfo endpoint.
// Source: OpenID Connect Core 5.3.2.
std::string UserInfo(const Authorization& login, const Issuing& issuing);

// Tells that a session has ended; `fault` is the name without "where.".
// Source: OpenID Connect Back-Channel Logout 2.4.
std::string LogoutToken(const Authorization& login, const Issuing& issuing,
                        absl::string_view fault);

// The left half of the SHA-256 of an access token, in base64url.
std::string AccessTokenHash(absl::string_view access_token);

}  // namespace bitrade::eidsim::oidc
