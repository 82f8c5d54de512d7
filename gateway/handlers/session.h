// The caller's own session: look at it, choose for whom one acts, end it.
#pragma once

#include "gateway/pipeline/handlers.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {

class RegistryClient;
class SessionStore;

// 403: neither the counsel herself nor somebody whom she has given authority.
extern const Reason kProfileNotYours;

// Adds the handlers. `sessions` and `registry` must outlive them.
void AddSessionHandlers(SessionStore& sessions, RegistryClient& registry, Handlers& handlers);

}  // namespace bitrade::gateway
