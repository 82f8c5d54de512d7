#include "services/billing/config.h"

namespace bitrade::billing {

Config LoadConfig(config::Env& env) {
  Config config;
  const bool allow = env.Choice("BITRADE_CONFIRMATION_FILING", {"refuse", "allow"}) == "allow";
  const bool production =
      env.Choice("BITRADE_PROFILE", {"production", "development"}) == "production";
  if (allow && production) {
    env.Fault("BITRADE_CONFIRMATION_FILING=allow is not allowed in production");
  }
  if (allow) config.confirmation = Confirmation::kAllowed;
  config.registration_patience = absl::Hours(env.Number("BITRADE_REGISTRATION_HOURS", 24, 1, 720));
  return config;
}

}  // namespace bitrade::billing
