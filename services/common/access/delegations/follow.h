// How a service after registry learns of delegations: it follows registry's events, and asks
// registry where a delegate was not seen by its own projection, or that is stale.
#pragma once

#include "services/common/rpc/ask.h"
#include "services/common/rpc/neighbour.h"
#include "services/common/rpc/process.h"

namespace bitrade::access {

// Starts the consumer that feeds the projection, and serves what retention gathers of delegates'
// doings (activity_service.h). Precondition: main named the neighbour "registry".
void FollowDelegations(rpc::Process& process);

// Returns an asker that asks `subjects` for the subject of a question and registry for the
// delegation, each where the question names one. `registry` must outlive it.
rpc::Asker WithDelegations(rpc::Asker subjects, rpc::Neighbour& registry);

}  // namespace bitrade::access
