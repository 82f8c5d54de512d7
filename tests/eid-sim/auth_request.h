// The body of /auth, checked as strictly as BankID documents it; a member that BankID does not have
// is refused, so that our own typing errors are seen.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tests/eid-sim/order.h"

namespace bitrade::eidsim {

// Errors: INVALID_ARGUMENT with BankID's `details`.
absl::StatusOr<AuthRequest> ParseAuthRequest(absl::string_view body);

}  // namespace bitrade::eidsim
