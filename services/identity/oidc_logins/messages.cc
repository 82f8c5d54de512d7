#include "services/identity/oidc_logins/messages.h"

#include "services/identity/oidc/errors.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity {
namespace {

constexpr BankIdMessage kGoOn{"", "Logga in hos e-legitimationens utfärdare.",
                              "Log in at the e-legitimation's provider."};
constexpr BankIdMessage kConfirm{"",
                                 "Läs texten, och bekräfta den genom att legitimera dig på nytt.",
                                 "Read the text, and confirm it by identifying yourself anew."};
constexpr BankIdMessage kCancelled{"", "Avbrutet. Gör ett nytt försök.",
                                   "Cancelled. Try once more."};

const Reason& ReasonNamed(absl::string_view name) {
  for (const Reason* const reason :
       {&kLoginExpired, &kSignedByAnother, &kSignatureUnresolved, &oidc::kOidcAccessDenied,
        &oidc::kOidcLevelTooLow, &oidc::kOidcCodeRefused, &oidc::kOidcUnavailable,
        &oidc::kOidcAnswerRefused}) {
    if (name == reason->name) return *reason;
  }
  return oidc::kOidcFault;
}

BankIdMessage MessageFor(absl::string_view reason_name) {
  const Reason& reason = ReasonNamed(reason_name);
  return {"", reason.swedish.detail, reason.english.detail};
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
  return MessageFor(login.reason);
}

BankIdMessage OidcMessageOf(const Signature& confirmation) {
  switch (confirmation.state) {
    case SignatureState::kPending:
      return kConfirm;
    case SignatureState::kCancelled:
      return kCancelled;
    case SignatureState::kComplete:
      return {};
    case SignatureState::kFailed:
    case SignatureState::kUnresolved:
      break;
  }
  return MessageFor(confirmation.reason);
}

}  // namespace bitrade::identity
