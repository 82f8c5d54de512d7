// How a service after appointments learns what access rests on: it follows the events of
// appointments and registry, and asks them where its own projection says no, does not know, or is
// stale.
//
//   access::FollowAppointments(process);  // in main.cc; use cases then return access::NotSeen
#pragma once

#include "services/common/rpc/ask.h"
#include "services/common/rpc/neighbour.h"
#include "services/common/rpc/process.h"

namespace bitrade::access {

// Starts the consumers that feed the projections, and serves what use cases ask. Precondition: main
// named the neighbours "appointments" and "registry".
void FollowAppointments(rpc::Process& process);

// Returns how the owner of an appointment's facts is asked; what is learnt is stored like an
// event's. `appointments` must outlive it.
rpc::Asker AskerOf(rpc::Neighbour& appointments);

}  // namespace bitrade::access
