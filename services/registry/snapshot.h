// What a consumer that starts over gets from registry: one event for each counsel, for each
// delegation and for each payout account.
#pragma once

#include <vector>

#include "bitrade/events/v1/event_service.pb.h"
#include "services/registry/stores.h"

namespace bitrade::registry {

std::vector<events::v1::Event> Snapshot(Stores& stores, postgres::Transaction& tx);

}  // namespace bitrade::registry
