// The settings that registry has beside every service's.
#pragma once

#include "services/common/config/env.h"
#include "services/registry/delegations/signing.h"

namespace bitrade::registry {

struct Config {
  // BITRADE_CONFIRMATION_FILING: "refuse" or "allow", which production does not allow.
  Confirmation confirmation = Confirmation::kRefused;
};

// Reads the settings; faults are in `env`.
Config LoadConfig(config::Env& env);

}  // namespace bitrade::registry
