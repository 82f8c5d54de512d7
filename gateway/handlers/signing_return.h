// The way back from the BankID app after a signature on the same device. No session depends on it:
// the page that the browser goes on to asks for the signature as for any other.
#pragma once

#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

class IdentityClient;
class ReturnPages;

// Adds the handler. What is given must outlive it.
void AddSigningReturn(IdentityClient& identity, const ReturnPages& pages, Handlers& handlers);

}  // namespace bitrade::gateway
