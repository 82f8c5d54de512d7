// What tells one browser from another, roughly: a signal, never a proof.
#pragma once

#include <string>

#include "gateway/pipeline/exchange.h"

namespace bitrade::gateway {

// Returns the SHA-256 of address and User-Agent, 32 bytes.
std::string BrowserContextOf(const Exchange& exchange);

// Tells whether a session may be used from here: always, but under a token that was replaced, only
// from the browser that replaced it.
bool IsOwnContext(const Exchange& exchange);

}  // namespace bitrade::gateway
