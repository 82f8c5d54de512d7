#include "gateway/logins/telia_logout.h"

#include <chrono>
#include <utility>

#include "bitrade/gateway/v1/telia_login_service.pb.h"
#include "gateway/clients/oidc_logins.h"
#include "gateway/logins/login_entry.h"
#include "gateway/transcoding/reasons.h"
#include "google/protobuf/empty.pb.h"

namespace bitrade::gateway {
namespace {

// Nobody waits long for an address to which the way out may as well not lead.
constexpr std::chrono::milliseconds kAddressTime{2000};

void ShowLogout(OidcLoginClient& oidc_logins, const ExchangePtr& exchange) {
  identity::v1::BeginOidcLogoutRequest asked;
  asked.set_ticket(exchange->session.ticket());
  oidc_logins.BeginLogout(
      exchange->OutgoingFor(kAddressTime), std::move(asked),
      [exchange](const absl::StatusOr<identity::v1::BeginOidcLogoutResponse>& begun) {
        if (!begun.ok()) return exchange->Refuse(begun.status());
        v1::ProviderLogout answer;
        answer.set_logout_url(begun->logout_url());
        answer.set_state(begun->state());
        exchange->Answer(answer);
      });
}

}  // namespace

void AddTeliaLogout(OidcLoginClient& oidc_logins, Handlers& handlers) {
  handlers.Add<v1::EndTeliaSessionsRequest>(
      [&oidc_logins](const ExchangePtr& exchange, const v1::EndTeliaSessionsRequest& request) {
        identity::v1::EndOidcSessionsRequest asked;
        asked.set_logout_token(request.logout_token());
        oidc_logins.EndSessions(
            exchange->OutgoingFor(kOidcLimits.deadline), std::move(asked),
            [exchange](const absl::StatusOr<identity::v1::EndOidcSessionsResponse>& ended) {
              if (ended.ok()) return exchange->Answer(google::protobuf::Empty::default_instance());
              exchange->Refuse(IsPassing(ended.status()) ? ended.status()
                                                         : bitrade::Refuse(kLogoutTokenRefused));
            });
      });
  handlers.Add<v1::GetProviderLogoutRequest>(
      [&oidc_logins](const ExchangePtr& exchange, const v1::GetProviderLogoutRequest& /*request*/) {
        ShowLogout(oidc_logins, exchange);
      });
}

}  // namespace bitrade::gateway
