#include "services/billing/config.h"

namespace bitrade::billing {

Config LoadConfig(config::Env& env) {
  Config config;
  config.confirmation = signing::LoadConfirmation(env);
  config.registration_patience = absl::Hours(env.Number("BITRADE_REGISTRATION_HOURS", 24, 1, 720));
  return config;
}

}  // namespace bitrade::billing
