#include "gateway/logins/telia_return.h"

#include <utility>

#include "absl/strings/match.h"
#include "bitrade/gateway/v1/telia_login_service.pb.h"
#include "gateway/clients/oidc_logins.h"
#include "gateway/logins/login_entry.h"
#include "gateway/logins/login_return.h"
#include "gateway/logins/return_pages.h"
#include "gateway/logins/signature_page.h"
#include "gateway/pipeline/cookies.h"

namespace bitrade::gateway {
namespace {

// Identity gives a confirmation such a state, and a log-in no such one.
constexpr char kConfirmationState[] = "confirm.";

template <typename Brought>
Brought BroughtBy(const Exchange& exchange, const v1::ReturnFromTeliaRequest& request) {
  Brought brought;
  brought.set_secret_hash(SecretHashOf(exchange));
  brought.set_state(request.state());
  brought.set_code(request.code());
  brought.set_error(request.error());
  brought.set_issuer(request.iss());
  return brought;
}

void Confirm(OidcLoginClient& oidc_logins, const ReturnPages& pages, const ExchangePtr& exchange,
             const v1::ReturnFromTeliaRequest& request) {
  oidc_logins.ReturnConfirmation(
      exchange->OutgoingFor(kOidcLimits.deadline),
      BroughtBy<identity::v1::ReturnConfirmationRequest>(*exchange, request),
      [&pages, exchange](const absl::StatusOr<identity::v1::Signature>& signature) {
        if (signature.ok()) exchange->AddHeader("Set-Cookie", ClearCookie(kLoginCookie));
        GoOnWithSignature(exchange, pages.Choose(""), signature.ok() ? signature->id() : "",
                          signature.status());
      });
}

void LogIn(OidcLoginClient& oidc_logins, LoginReturn& returns, const ExchangePtr& exchange,
           const v1::ReturnFromTeliaRequest& request) {
  oidc_logins.Return(exchange->OutgoingFor(kOidcLimits.deadline),
                     BroughtBy<identity::v1::ReturnOidcLoginRequest>(*exchange, request),
                     [&returns, exchange](const absl::StatusOr<identity::v1::Login>& login) {
                       login.ok() ? returns.GoOn(exchange, *login)
                                  : returns.Refuse(exchange, login.status());
                     });
}

}  // namespace

void AddTeliaReturn(OidcLoginClient& oidc_logins, LoginReturn& returns, const ReturnPages& pages,
                    Handlers& handlers) {
  handlers.Add<v1::ReturnFromTeliaRequest>(
      [&oidc_logins, &returns, &pages](const ExchangePtr& exchange,
                                       const v1::ReturnFromTeliaRequest& request) {
        absl::StartsWith(request.state(), kConfirmationState)
            ? Confirm(oidc_logins, pages, exchange, request)
            : LogIn(oidc_logins, returns, exchange, request);
      });
}

}  // namespace bitrade::gateway
