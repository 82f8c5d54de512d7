// The way back from the OpenID provider of Telia e-legitimation, after a log-in or a confirmation.
#pragma once

#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

class LoginReturn;
class OidcLoginClient;
class ReturnPages;

// Adds the handler: identity is asked with what the browser brings and its log-in cookie. What is
// given must outlive it.
void AddTeliaReturn(OidcLoginClient& oidc_logins, LoginReturn& returns, const ReturnPages& pages,
                    Handlers& handlers);

}  // namespace bitrade::gateway
