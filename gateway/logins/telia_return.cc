#include "gateway/logins/telia_return.h"

#include <utility>

#include "bitrade/gateway/v1/telia_login_service.pb.h"
#include "gateway/clients/oidc_logins.h"
#include "gateway/logins/login_entry.h"
#include "gateway/logins/login_return.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {
namespace {

identity::v1::ReturnOidcLoginRequest BroughtBy(const Exchange& exchange,
                                               const v1::ReturnFromTeliaRequest& request) {
  identity::v1::ReturnOidcLoginRequest brought;
  brought.set_secret_hash(SecretHashOf(exchange));
  brought.set_state(request.state());
  brought.set_code(request.code());
  brought.set_error(request.error());
  brought.set_issuer(request.iss());
  return brought;
}

}  // namespace

void AddTeliaReturn(OidcLoginClient& oidc_logins, LoginReturn& returns, Handlers& handlers) {
  handlers.Add<v1::ReturnFromTeliaRequest>([&oidc_logins, &returns](
                                               const ExchangePtr& exchange,
                                               const v1::ReturnFromTeliaRequest& request) {
    oidc_logins.Return(exchange->OutgoingFor(kOidcLimits.deadline), BroughtBy(*exchange, request),
                       [&returns, exchange](const absl::StatusOr<identity::v1::Login>& login) {
                         login.ok() ? returns.GoOn(exchange, *login)
                                    : returns.Refuse(exchange, login.status());
                       });
  });
}

}  // namespace bitrade::gateway
