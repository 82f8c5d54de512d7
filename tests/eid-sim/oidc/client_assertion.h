// How a relying party proves at the token endpoint who it is: private_key_jwt, a fresh assertion
// each time.
// Source: RFC 7523; OpenID Connect Core 9.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "tests/eid-sim/oidc/form.h"
#include "tests/eid-sim/oidc/realm.h"

namespace bitrade::eidsim::oidc {

// Returns the client that made the assertion in `form`. Errors: invalid_client (oauth_error.h), for
// an assertion that was used before, too.
absl::StatusOr<Client> AuthenticateClient(const Form& form, Realm& realm, absl::Time now);

}  // namespace bitrade::eidsim::oidc
