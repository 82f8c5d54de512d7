// The settings of identity beside those that every service has.
#pragma once

#include <optional>
#include <string>

#include "services/common/config/env.h"
#include "services/identity/bankid/poster.h"
#include "services/identity/oidc_logins/settings.h"
#include "services/identity/orders/terms.h"

namespace bitrade::identity {

struct Settings {
  std::string
      ticket_signing_key;  // BITRADE_TICKET_SIGNING_KEY: PEM; the file's name is the key's id
  BankIdEndpoint bankid;   // BITRADE_BANKID_{URL,CA,CERTIFICATE,KEY}
  std::optional<oidc::ProviderSettings> telia;  // BITRADE_TELIA_…; nothing where nobody logs in so
  std::string signing_root;  // BITRADE_BANKID_SIGNING_ROOT: PEM of the roots above its signatures
  OrderTerms terms;  // BITRADE_BANKID_{POLICIES,DOMAIN,ADDRESS_RULE}, BITRADE_PUBLIC_BASE_URL
};

// Reads them. In production only BankID's own certificates count, the page's domain is told, and
// the app sends the browser to https alone.
Settings ReadSettings(config::Env& env);

}  // namespace bitrade::identity
