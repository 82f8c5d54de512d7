// The end of a session with Telia e-legitimation: its provider says that it has ended there, or the
// browser that ends it here wants to end it there, too.
#pragma once

#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

class OidcLoginClient;

// Adds the handlers: identity judges the token, and a sender whose token ends nothing learns no
// more than that. What is given must outlive it.
void AddTeliaLogout(OidcLoginClient& oidc_logins, Handlers& handlers);

}  // namespace bitrade::gateway
