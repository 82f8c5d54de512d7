// What a person reads while a log-in or a confirmation at an OpenID provider goes on, and why it
// failed.
#pragma once

#include "services/identity/domain/bankid_messages.h"
#include "services/identity/domain/login.h"
#include "services/identity/domain/signature.h"

namespace bitrade::identity {

// Returns the texts for a log-in as it is now, under no vendor's key; empty for a complete one.
BankIdMessage OidcMessageOf(const Login& login);

// The same for a confirmation.
BankIdMessage OidcMessageOf(const Signature& confirmation);

}  // namespace bitrade::identity
