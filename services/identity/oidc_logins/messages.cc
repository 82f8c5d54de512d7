#include "services/identity/oidc_logins/messages.h"

#include "services/identity/oidc/errors.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity {
namespace {

constexpr BankIdMessage kGoOn{"", "Logga in hos e-legitimationens utfärdare.",
                              "Log in at the e-legitimation's provider."};
constexpr BankIdMessage kCancelled{"", "Avbrutet. Gör ett nytt försök.",
                                   "Cancelled. Try once more."};

const Reason& ReasonNamed(absl::string_view name) {
  for (const Reason* const reason :
       {&kLoginExpired, &oidc::kOidcAccessDenied, &oidc::kOidcLevelTooLow, &oidc::kOidcCodeRefused,
        &oidc::kOidcUnavailable, &oidc::kOidcAnswerRefused}) {
    if (name == reason->name) return *reason;
  }
  return oidc::kOidcFault;
}

}  // namespace

BankIdMessage OidcMessageOf(const Login& login) {
  switch (login.state) {
    case LoginState::kPending:
      return kGoOn;
    case LoginState::kCancelled:
      return kCancelled;
    case LoginState::kComplete:
      return {};
    case LoginState::kFailed:
      break;
  }
  const Reason& reason = ReasonNamed(login.reason);
  return {"", reason.swedish.detail, reason.english.detail};
}

}  // namespace bitrade::identity
