#include "gateway/logins/bankid_return.h"

#include <chrono>
#include <utility>

#include "bitrade/gateway/v1/login_service.pb.h"
#include "gateway/clients/identity.h"
#include "gateway/logins/login_entry.h"
#include "gateway/logins/login_return.h"

namespace bitrade::gateway {
namespace {

constexpr std::chrono::milliseconds kCallTime{900};

}  // namespace

void AddBankIdReturn(IdentityClient& identity, LoginReturn& returns, Handlers& handlers) {
  handlers.Add<v1::ReturnFromBankIdRequest>([&identity, &returns](
                                                const ExchangePtr& exchange,
                                                const v1::ReturnFromBankIdRequest& request) {
    identity::v1::ReturnLoginRequest asked;
    asked.set_secret_hash(SecretHashOf(*exchange));
    asked.set_nonce(request.nonce());
    identity.ReturnLogin(exchange->OutgoingFor(kCallTime), std::move(asked),
                         [&returns, exchange](const absl::StatusOr<identity::v1::Login>& login) {
                           login.ok() ? returns.GoOn(exchange, *login)
                                      : returns.Refuse(exchange, login.status());
                         });
  });
}

}  // namespace bitrade::gateway
