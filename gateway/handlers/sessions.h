// A person's own sessions: to look at them, and to end this one, another one, or all.
#pragma once

#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

class IdentityClient;
class SessionStore;

// Adds the handlers. `sessions` and `identity` must outlive them.
void AddSessionsHandlers(SessionStore& sessions, IdentityClient& identity, Handlers& handlers);

}  // namespace bitrade::gateway
