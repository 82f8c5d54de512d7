// The beginning of a confirmation: the browser gets a cookie of its own for the return, as for a
// log-in, and is told where the provider is.
#pragma once

#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

class OidcLoginClient;

// Adds the handler. `oidc_logins` must outlive it.
void AddConfirmationHandler(OidcLoginClient& oidc_logins, Handlers& handlers);

}  // namespace bitrade::gateway
