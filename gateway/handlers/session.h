// The caller's own session: look at it, end it.
#pragma once

#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

class SessionStore;

// Adds the handlers. `sessions` must outlive them.
void AddSessionHandlers(SessionStore& sessions, Handlers& handlers);

}  // namespace bitrade::gateway
