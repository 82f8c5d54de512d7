#include "services/identity/settings.h"

#include "absl/strings/match.h"

namespace bitrade::identity {
namespace {

// Longer ones leave no room for path and nonce in BankID's `returnUrl`.
constexpr size_t kLongestBase = 400;

std::string ReadPublicBase(config::Env& env, bool production) {
  std::string url = env.Required("BITRADE_PUBLIC_BASE_URL");
  if (production && !absl::StartsWith(url, "https://")) {
    env.Fault("BITRADE_PUBLIC_BASE_URL is not https");
  }
  if (url.size() > kLongestBase) env.Fault("BITRADE_PUBLIC_BASE_URL is longer than 400 bytes");
  while (absl::EndsWith(url, "/")) url.pop_back();
  return url;
}

AddressRule ReadAddressRule(config::Env& env) {
  const std::string name = env.Choice("BITRADE_BANKID_ADDRESS_RULE", {"signal", "off", "enforce"});
  return ParseAddressRule(name).value_or(AddressRule::kSignal);
}

}  // namespace

Settings ReadSettings(config::Env& env) {
  const bool production =
      env.Choice("BITRADE_PROFILE", {"production", "development"}) != "development";
  const std::string policies =
      env.Optional("BITRADE_BANKID_POLICIES", production ? "production" : "test");
  Settings settings{
      .ticket_signing_key = env.Required("BITRADE_TICKET_SIGNING_KEY"),
      .bankid = {.url = env.Required("BITRADE_BANKID_URL"),
                 .ca_file = env.Required("BITRADE_BANKID_CA"),
                 .certificate_file = env.Required("BITRADE_BANKID_CERTIFICATE"),
                 .key_file = env.Required("BITRADE_BANKID_KEY")},
      .telia = ReadTelia(env),
      .signing_root = env.Required("BITRADE_BANKID_SIGNING_ROOT"),
      .terms = {.policies = policies == "production" ? PolicySet::kProduction : PolicySet::kTest,
                .referring_domain = env.Optional("BITRADE_BANKID_DOMAIN"),
                .public_base = ReadPublicBase(env, production),
                .address_rule = ReadAddressRule(env)}};
  if (policies != "production" && policies != "test") {
    env.Fault("BITRADE_BANKID_POLICIES is production or test");
  }
  if (production && policies != "production") {
    env.Fault("BITRADE_BANKID_POLICIES: the production profile takes production alone");
  }
  if (production && settings.terms.referring_domain.empty()) {
    env.Fault("BITRADE_BANKID_DOMAIN is missing: the domain of the page, which BankID is told");
  }
  return settings;
}

}  // namespace bitrade::identity
