#include "services/registry/config.h"

namespace bitrade::registry {

Config LoadConfig(config::Env& env) {
  Config config;
  const bool allow = env.Choice("BITRADE_CONFIRMATION_FILING", {"refuse", "allow"}) == "allow";
  const bool production =
      env.Choice("BITRADE_PROFILE", {"production", "development"}) == "production";
  if (allow && production) {
    env.Fault("BITRADE_CONFIRMATION_FILING=allow is not allowed in production");
  }
  if (allow) config.confirmation = Confirmation::kAllowed;
  return config;
}

}  // namespace bitrade::registry
