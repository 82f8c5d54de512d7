// Whether the running session's word may stand for a signature, which is for development alone.
#pragma once

#include "absl/status/status.h"
#include "services/common/config/env.h"

namespace bitrade::signing {

enum class Confirmation { kAllowed, kRefused };

// Reads BITRADE_CONFIRMATION_FILING: "refuse" (unless told otherwise) or "allow", which the
// production profile does not allow. Faults are in `env`.
Confirmation LoadConfirmation(config::Env& env);

// Errors: SIGNATURE_REQUIRED where it may not.
absl::Status CheckConfirmation(Confirmation confirmation);

}  // namespace bitrade::signing
