#include "gateway/logins/telia_logout.h"

#include <utility>

#include "bitrade/gateway/v1/telia_login_service.pb.h"
#include "gateway/clients/oidc_logins.h"
#include "gateway/logins/login_entry.h"
#include "gateway/transcoding/reasons.h"
#include "google/protobuf/empty.pb.h"

namespace bitrade::gateway {
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
}

}  // namespace bitrade::gateway
