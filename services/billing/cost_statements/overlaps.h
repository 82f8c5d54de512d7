// Shows where a statement claims minutes that others of its counsel claim too.
#pragma once

#include <vector>

#include "bitrade/billing/v1/cost_statement.pb.h"
#include "services/billing/cost_statements/claimed_time_store.h"
#include "services/common/rpc/use_case.h"

namespace bitrade::billing {

// Keeps what a stored statement with this claim takes of its counsel's days.
void KeepClaimed(postgres::Transaction& tx, ClaimedTimeStore& claimed,
                 const CostStatement& statement, const Claim& claim);

// Adds the overlaps with every statement of the counsel who asks, drafts that she sees too. Which
// they are, she alone is told: a delegate may not see them.
void ShowOverlaps(rpc::Reading& reading, ClaimedTimeStore& claimed, v1::CostStatement& shown);

// Adds to each, for the agency, the overlaps with what is filed. Which that is is not told: it may
// be another authority's.
void ShowOverlapsToAgency(rpc::Reading& reading, ClaimedTimeStore& claimed,
                          const std::vector<v1::CostStatement*>& shown);

}  // namespace bitrade::billing
