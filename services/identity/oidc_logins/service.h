// The RPCs on log-ins at an OpenID provider, for the gateway: start, come back, end there.
#pragma once

#include <functional>
#include <string>

#include "bitrade/identity/v1/oidc_login_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/common/rpc/tickets.h"
#include "services/identity/logins/convert.h"
#include "services/identity/logins/store.h"
#include "services/identity/oidc/provider.h"
#include "services/identity/oidc_logins/come_back.h"
#include "services/identity/oidc_logins/ends.h"
#include "services/identity/oidc_logins/store.h"
#include "services/identity/orders/store.h"
#include "services/identity/tickets/store.h"

namespace bitrade::identity {

// What the service works with; all must outlive it.
struct OidcLoginParts {
  LoginStore& logins;
  OidcLoginStore& oidc_logins;
  OrderStore& orders;
  RevocationStore& revocations;
  OidcLoginEnds& ends;
  rpc::TicketVerifier& verifier;
  oidc::Provider* provider;  // null where there is none
};

class OidcLoginService final : public v1::OidcLoginService::CallbackService {
 public:
  OidcLoginService(rpc::Rpc& rpc, const OidcLoginParts& parts) : rpc_(rpc), parts_(parts) {}

  grpc::ServerUnaryReactor* StartOidcLogin(grpc::CallbackServerContext* context,
                                           const v1::StartOidcLoginRequest* request,
                                           v1::Login* response) override;
  grpc::ServerUnaryReactor* ReturnOidcLogin(grpc::CallbackServerContext* context,
                                            const v1::ReturnOidcLoginRequest* request,
                                            v1::Login* response) override;
  grpc::ServerUnaryReactor* BeginOidcLogout(grpc::CallbackServerContext* context,
                                            const v1::BeginOidcLogoutRequest* request,
                                            v1::BeginOidcLogoutResponse* response) override;
  grpc::ServerUnaryReactor* EndOidcSessions(grpc::CallbackServerContext* context,
                                            const v1::EndOidcSessionsRequest* request,
                                            v1::EndOidcSessionsResponse* response) override;

 private:
  // Where the browser goes, or why nowhere, and what it must bring back.
  struct Begun {
    absl::StatusOr<std::string> url;
    oidc::LoginSecrets secrets;
  };

  void Begin(const v1::StartOidcLoginRequest& request,
             std::function<void(absl::StatusOr<Begun>)> done);
  absl::StatusOr<v1::Login> Started(rpc::Changing& changing,
                                    const v1::StartOidcLoginRequest& request, const Begun& begun);
  absl::StatusOr<CameBack> Claim(rpc::Changing& changing,
                                 const v1::ReturnOidcLoginRequest& request);
  absl::StatusOr<v1::Login> Settled(rpc::Changing& changing, const std::string& id,
                                    const absl::StatusOr<oidc::ProvedPerson>& answer);
  absl::StatusOr<v1::EndOidcSessionsResponse> Ended(rpc::Changing& changing,
                                                    const oidc::LogoutFacts& facts);

  rpc::Rpc& rpc_;
  const OidcLoginParts parts_;
};

}  // namespace bitrade::identity
