// Which refusals the gateway tells the audit trail, and what it says of them.
#pragma once

#include "absl/status/status.h"
#include "bitrade/identity/v1/refusal_service.pb.h"

namespace bitrade::gateway {

class Exchange;

// Tells whether `refusal`, which is the gateway's own, is worth a row: what a person whom it knows
// may not do, does not get to see or does too often, and whatever a foreign page tries. Who brings
// no session, or one that opens nothing, is nobody: anybody can make up a cookie.
bool IsToBeTold(const Exchange& exchange, const absl::Status& refusal);

// Returns the row. Of the path it has the ids alone. Precondition: the exchange has its route.
identity::v1::Refusal RefusalRowOf(const Exchange& exchange, const absl::Status& refusal);

}  // namespace bitrade::gateway
