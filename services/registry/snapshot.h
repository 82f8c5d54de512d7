// What a consumer that starts over gets from registry: one event for each counsel and for each
// delegation.
#pragma once

#include <vector>

#include "bitrade/events/v1/event_service.pb.h"
#include "services/registry/counsel/store.h"
#include "services/registry/delegations/facts_store.h"

namespace bitrade::registry {

std::vector<events::v1::Event> Snapshot(CounselStore& counsel, DelegationFactsStore& delegations,
                                        postgres::Transaction& tx);

}  // namespace bitrade::registry
