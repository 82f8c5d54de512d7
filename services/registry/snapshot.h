// What a consumer that starts over gets from registry: one event for each counsel.
#pragma once

#include <vector>

#include "bitrade/events/v1/event_service.pb.h"
#include "services/registry/counsel/store.h"

namespace bitrade::registry {

std::vector<events::v1::Event> Snapshot(CounselStore& store, postgres::Transaction& tx);

}  // namespace bitrade::registry
