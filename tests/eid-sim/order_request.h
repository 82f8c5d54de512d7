// The bodies of /auth and /sign, checked as strictly as BankID documents them.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/order.h"

namespace bitrade::eidsim {

// A member that BankID does not have is refused unless `unknown` says otherwise, so that our own
// typing errors are seen.
//
// Errors: INVALID_ARGUMENT with BankID's `details`.
absl::StatusOr<OrderRequest> ParseOrderRequest(absl::string_view body, OrderKind kind,
                                               UnknownMembers unknown);

}  // namespace bitrade::eidsim
