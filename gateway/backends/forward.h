// The handler of every RPC that a service answers.
#pragma once

#include "gateway/backends/backend.h"
#include "gateway/pipeline/handlers.h"
#include "gateway/transcoding/route_table.h"

namespace bitrade::gateway {

// Returns a handler that hands the request to `backend` and its answer to the client. `backend`
// must outlive it.
Handler Forward(Backend& backend, const Route& route);

// Returns on whose authority the exchange's calls go.
Authority AuthorityOf(const Exchange& exchange);

}  // namespace bitrade::gateway
