#include "services/common/signing/confirmation.h"

#include "services/common/error/error.h"

namespace bitrade::signing {

Confirmation LoadConfirmation(config::Env& env) {
  const bool allow = env.Choice("BITRADE_CONFIRMATION_FILING", {"refuse", "allow"}) == "allow";
  const bool production =
      env.Choice("BITRADE_PROFILE", {"production", "development"}) == "production";
  if (allow && production) {
    env.Fault("BITRADE_CONFIRMATION_FILING=allow is not allowed in production");
  }
  return allow ? Confirmation::kAllowed : Confirmation::kRefused;
}

absl::Status CheckConfirmation(Confirmation confirmation) {
  return confirmation == Confirmation::kAllowed ? absl::OkStatus() : Refuse(kSignatureRequired);
}

}  // namespace bitrade::signing
