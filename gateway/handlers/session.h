// The caller's own session: look at it, choose for whom one acts, end it.
#pragma once

#include "gateway/pipeline/handlers.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {

class IdentityClient;
class RegistryClient;
class SessionStore;

// Whom the handlers ask.
struct SessionParts {
  SessionStore& sessions;
  RegistryClient& registry;
  IdentityClient& identity;
};

// 403: neither the counsel herself nor somebody whom she has given authority.
extern const Reason kProfileNotYours;

// Adds the handlers. What `parts` refers to must outlive them.
void AddSessionHandlers(const SessionParts& parts, Handlers& handlers);

}  // namespace bitrade::gateway
