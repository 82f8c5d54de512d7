// The settings that billing has beside every service's.
#pragma once

#include "absl/time/time.h"
#include "services/common/config/env.h"
#include "services/common/signing/confirmation.h"

namespace bitrade::billing {

struct Config {
  // BITRADE_CONFIRMATION_FILING: a filing may be confirmed by the running session alone.
  signing::Confirmation confirmation = signing::Confirmation::kRefused;
  // BITRADE_REGISTRATION_HOURS: a filing that is not registered for so long is an alarm.
  absl::Duration registration_patience = absl::Hours(24);
};

// Reads the settings; faults are in `env`.
Config LoadConfig(config::Env& env);

}  // namespace bitrade::billing
