// What a consumer that starts over gets from billing: one event for each cost statement.
#pragma once

#include <vector>

#include "bitrade/events/v1/event_service.pb.h"
#include "services/billing/cost_statements/store.h"

namespace bitrade::billing {

std::vector<events::v1::Event> Snapshot(CostStatementStore& store, postgres::Transaction& tx);

}  // namespace bitrade::billing
