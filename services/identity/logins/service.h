// The RPCs on log-ins, for the gateway: start, look, come back, cancel, take up.
#pragma once

#include <functional>
#include <string>

#include "bitrade/identity/v1/login_service.grpc.pb.h"
#include "services/common/base/clock.h"
#include "services/common/crypto/ed25519.h"
#include "services/common/rpc/rpc.h"
#include "services/identity/bankid/client.h"
#include "services/identity/logins/convert.h"
#include "services/identity/logins/store.h"
#include "services/identity/orders/store.h"
#include "services/identity/orders/terms.h"
#include "services/identity/tickets/store.h"

namespace bitrade::identity {

// What the service works with; all must outlive it.
struct LoginParts {
  LoginStore& logins;
  OrderStore& orders;
  BankIdClient& bankid;
  const crypto::Signer& signer;
  const Clock& clock;
  RevocationStore& revocations;
};

class LoginService final : public v1::LoginService::CallbackService {
 public:
  LoginService(rpc::Rpc& rpc, const LoginParts& parts, OrderTerms terms)
      : rpc_(rpc), parts_(parts), terms_(std::move(terms)) {}

  grpc::ServerUnaryReactor* StartLogin(grpc::CallbackServerContext* context,
                                       const v1::StartLoginRequest* request,
                                       v1::Login* response) override;
  grpc::ServerUnaryReactor* GetLogin(grpc::CallbackServerContext* context,
                                     const v1::GetLoginRequest* request,
                                     v1::Login* response) override;
  grpc::ServerUnaryReactor* CancelLogin(grpc::CallbackServerContext* context,
                                        const v1::CancelLoginRequest* request,
                                        v1::Login* response) override;
  grpc::ServerUnaryReactor* ReturnLogin(grpc::CallbackServerContext* context,
                                        const v1::ReturnLoginRequest* request,
                                        v1::Login* response) override;
  grpc::ServerUnaryReactor* TakeUpLogin(grpc::CallbackServerContext* context,
                                        const v1::TakeUpLoginRequest* request,
                                        v1::TakeUpLoginResponse* response) override;

 private:
  // The order is begun first, off the executor. It is cancelled where another start of the same
  // browser was faster, and expires by itself where nothing could be stored.
  void GatherOrder(const v1::StartLoginRequest& request,
                   std::function<void(absl::StatusOr<BegunLogin>)> done);
  absl::StatusOr<v1::Login> Started(rpc::Changing& changing, const v1::StartLoginRequest& request,
                                    const BegunLogin& begun);
  absl::StatusOr<v1::Login> Get(rpc::Reading& reading, const v1::GetLoginRequest& request);
  absl::StatusOr<v1::Login> Cancelled(rpc::Changing& changing,
                                      const v1::CancelLoginRequest& request);
  absl::StatusOr<v1::Login> Returned(rpc::Changing& changing,
                                     const v1::ReturnLoginRequest& request);
  absl::StatusOr<v1::TakeUpLoginResponse> TakenUp(rpc::Changing& changing,
                                                  const v1::TakeUpLoginRequest& request);
  absl::StatusOr<SeenLogin> Seen(rpc::Reading& reading, const std::string& id,
                                 const std::string& secret_hash);

  rpc::Rpc& rpc_;
  const LoginParts parts_;
  const OrderTerms terms_;
};

}  // namespace bitrade::identity
