// What a consumer that starts over gets from appointments: one event for each appointment, and one
// for each delegate who is a party in a matter.
#pragma once

#include <vector>

#include "bitrade/events/v1/event_service.pb.h"
#include "services/appointments/stores.h"

namespace bitrade::appointments {

std::vector<events::v1::Event> Snapshot(Stores& stores, postgres::Transaction& tx);

}  // namespace bitrade::appointments
