#include "gateway/handlers/confirmation.h"

#include <chrono>
#include <string>
#include <utility>

#include "bitrade/gateway/v1/confirmation_service.pb.h"
#include "gateway/clients/identity.h"
#include "gateway/clients/oidc_logins.h"
#include "gateway/pipeline/cookies.h"
#include "gateway/sessions/token.h"
#include "services/common/crypto/digest.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {
namespace {

// As long as a signature may be pending.
constexpr absl::Duration kCookieTime = absl::Minutes(10);

// The return comes from another site, and brings no session's cookie: this one it brings.
void Answer(Exchange& exchange, const std::string& signature, const std::string& secret,
            const identity::v1::BeginConfirmationResponse& begun) {
  exchange.AddHeader("Set-Cookie", SetCookie(kLoginCookie, secret, SameSite::kLax, kCookieTime));
  v1::Confirmation answer;
  answer.set_signature_id(signature);
  answer.set_authorization_url(begun.launch_url());
  exchange.Answer(answer);
}

}  // namespace

void AddConfirmationHandler(OidcLoginClient& oidc_logins, Handlers& handlers) {
  handlers.Add<v1::CreateConfirmationRequest>(
      [&oidc_logins](const ExchangePtr& exchange, const v1::CreateConfirmationRequest& request) {
        const std::string secret = NewToken();
        identity::v1::BeginConfirmationRequest asked;
        asked.set_id(request.id());
        asked.set_secret_hash(crypto::Sha256(secret));
        asked.set_end_user_ip(exchange->request().peer_address);
        oidc_logins.BeginConfirmation(
            exchange->OutgoingFor(kProviderTime), exchange->session.ticket(), std::move(asked),
            [exchange, secret, signature = request.id()](
                const absl::StatusOr<identity::v1::BeginConfirmationResponse>& begun) {
              begun.ok() ? Answer(*exchange, signature, secret, *begun)
                         : exchange->PassOnRefusal(begun.status());
            });
      });
}

}  // namespace bitrade::gateway
