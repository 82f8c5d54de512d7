// How a service after registry learns of delegations: it follows registry's events, and asks
// registry where a delegate was not seen by its own projection, or that is stale.
#pragma once

#include <functional>

#include "absl/status/status.h"
#include "services/common/postgres/transaction.h"
#include "services/common/rpc/ask.h"
#include "services/common/rpc/neighbour.h"
#include "services/common/rpc/process.h"

namespace bitrade::events::v1 {
class Event;
}

namespace bitrade::access {

// What a service does with registry's events besides, in the same transactions.
struct OtherNews {
  std::function<absl::Status(postgres::Transaction&, const events::v1::Event&)> apply;
  // Before a snapshot is applied.
  std::function<void(postgres::Transaction&)> reset;
};

// Starts the consumer that feeds the projection, and serves what retention gathers of delegates'
// doings (activity_service.h). `others` hears every event too, where it is set. Precondition: main
// named the neighbour "registry".
void FollowDelegations(rpc::Process& process, const OtherNews& others = {});

// Returns an asker that asks `subjects` for the subject of a question and registry for the
// delegation, each where the question names one. `registry` must outlive it.
rpc::Asker WithDelegations(rpc::Asker subjects, rpc::Neighbour& registry);

}  // namespace bitrade::access
