// The settings of log-in with Telia e-legitimation.
#pragma once

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "services/common/base/clock.h"
#include "services/common/config/env.h"
#include "services/identity/oidc/provider.h"

namespace bitrade::identity {

// Reads BITRADE_TELIA_{ISSUER,CLIENT_ID,KEY,REDIRECT,CA}, and what of them may be left out:
// _LOGOUT_REDIRECT, _AUTHN_PROVIDER, _UNCERTIFIED (refuse, accept) and _COORDINATION_NUMBERS
// (refuse, confirmed). Nothing without an issuer: then nobody logs in so. Faults are left in `env`.
std::optional<oidc::ProviderSettings> ReadTelia(config::Env& env);

// Starts the provider of these settings; null where there are none. Errors: those of
// oidc::Provider::Start.
absl::StatusOr<std::unique_ptr<oidc::Provider>> StartTelia(
    const std::optional<oidc::ProviderSettings>& settings, const Clock& clock);

}  // namespace bitrade::identity
