// The provider of Telia e-legitimation says that a session has ended there.
#pragma once

#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

class OidcLoginClient;

// Adds the handler: identity judges the token, and a sender whose token ends nothing learns no more
// than that. What is given must outlive it.
void AddTeliaLogout(OidcLoginClient& oidc_logins, Handlers& handlers);

}  // namespace bitrade::gateway
