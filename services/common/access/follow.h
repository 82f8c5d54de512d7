// How a service after appointments learns what access rests on: it follows appointments' events,
// and asks appointments where its own projection says no, does not know, or is stale.
//
//   access::FollowAppointments(process);  // in main.cc; use cases then return access::NotSeen
#pragma once

#include "services/common/rpc/ask.h"
#include "services/common/rpc/neighbour.h"
#include "services/common/rpc/process.h"

namespace bitrade::access {

// Starts the consumer that feeds the projection, and serves what use cases ask. Precondition: main
// named the neighbour "appointments".
void FollowAppointments(rpc::Process& process);

// Returns how the owner of an appointment's facts is asked; what is learnt is stored like an
// event's. `appointments` must outlive it.
rpc::Asker AskerOf(rpc::Neighbour& appointments);

}  // namespace bitrade::access
