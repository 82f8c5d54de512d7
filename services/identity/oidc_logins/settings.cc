#include "services/identity/oidc_logins/settings.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/log/log.h"

namespace bitrade::identity {
namespace {

// A developer's system has no TLS of its own: its browser comes back over loopback.
bool IsLoopback(const std::string& address) {
  return absl::StartsWith(address, "http://localhost:") ||
         absl::StartsWith(address, "http://127.0.0.1:");
}

bool IsProduction(config::Env& env) {
  return env.Choice("BITRADE_PROFILE", {"production", "development"}) == "production";
}

// Where the browser comes back to.
void CheckOurs(config::Env& env, const std::string& name, const std::string& value) {
  if (absl::StartsWith(value, "https://")) return;
  if (IsProduction(env) || !IsLoopback(value)) env.Fault(absl::StrCat(name, " is not https"));
}

void CheckHttps(config::Env& env, const std::string& name, const std::string& value) {
  if (!absl::StartsWith(value, "https://")) env.Fault(absl::StrCat(name, " is not https"));
}

oidc::Terms ReadTerms(config::Env& env, const std::string& issuer) {
  oidc::Terms terms{.issuer = issuer,
                    .client_id = env.Required("BITRADE_TELIA_CLIENT_ID"),
                    .redirect_uri = env.Required("BITRADE_TELIA_REDIRECT"),
                    .logout_redirect_uri = env.Optional("BITRADE_TELIA_LOGOUT_REDIRECT"),
                    .levels = oidc::kAcceptedLevels,
                    .authn_provider = env.Optional("BITRADE_TELIA_AUTHN_PROVIDER")};
  if (env.Choice("BITRADE_TELIA_UNCERTIFIED", {"refuse", "accept"}) == "accept") {
    terms.levels.emplace_back(oidc::kUncertifiedLevel);
  }
  if (env.Choice("BITRADE_TELIA_COORDINATION_NUMBERS", {"refuse", "confirmed"}) == "confirmed") {
    terms.coordination_numbers = oidc::CoordinationNumbers::kConfirmed;
  }
  CheckHttps(env, "BITRADE_TELIA_ISSUER", terms.issuer);
  CheckOurs(env, "BITRADE_TELIA_REDIRECT", terms.redirect_uri);
  if (!terms.logout_redirect_uri.empty()) {
    CheckOurs(env, "BITRADE_TELIA_LOGOUT_REDIRECT", terms.logout_redirect_uri);
  }
  return terms;
}

}  // namespace

std::optional<oidc::ProviderSettings> ReadTelia(config::Env& env) {
  const std::string issuer = env.Optional("BITRADE_TELIA_ISSUER");
  if (issuer.empty()) return std::nullopt;
  return oidc::ProviderSettings{.terms = ReadTerms(env, issuer),
                                .key_file = env.Required("BITRADE_TELIA_KEY"),
                                .ca_file = env.Required("BITRADE_TELIA_CA")};
}

absl::StatusOr<std::unique_ptr<oidc::Provider>> StartTelia(
    const std::optional<oidc::ProviderSettings>& settings, const Clock& clock) {
  if (!settings) return nullptr;
  ASSIGN_OR_RETURN(std::unique_ptr<oidc::Provider> provider,
                   oidc::Provider::Start(*settings, clock));
  // What the provider's register of clients needs to know of us.
  log::Write(log::Level::kInfo, "our key at the openid provider", clock.TimeNow(),
             {{"jwk", provider->PublicJwk()}});
  return provider;
}

}  // namespace bitrade::identity
