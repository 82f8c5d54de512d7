// The way back from the BankID app after a log-in on the same device.
#pragma once

#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

class IdentityClient;
class LoginReturn;

// Adds the handler: identity is asked with nonce and log-in cookie. What is given must outlive it.
void AddBankIdReturn(IdentityClient& identity, LoginReturn& returns, Handlers& handlers);

}  // namespace bitrade::gateway
