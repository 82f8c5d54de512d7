// Who reads cost statements, and the answer for one that the reader does not see.
#pragma once

#include "absl/status/status.h"
#include "services/billing/cost_statements/store.h"
#include "services/common/rpc/use_case.h"

namespace bitrade::billing {

using access::ReaderOf;

// Returns the counsel who calls, or for whom a delegate does.
CounselId CounselOf(const rpc::Reading& reading);
// Returns which of the two has the statement in hand.
Hand HandOf(const rpc::Reading& reading);

// Returns why the caller does not get statement `id`: of a statement of her own, the owner of its
// appointment is asked once; then it does not exist.
absl::Status NotSeen(rpc::Reading& reading, CostStatementStore& statements,
                     const CostStatementId& id);

}  // namespace bitrade::billing
