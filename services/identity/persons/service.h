// Which person an identity number belongs to, what registry asks; and which number a person has,
// what appointments asks.
#pragma once

#include "bitrade/identity/v1/login_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/identity/persons/store.h"

namespace bitrade::identity {

class PersonService final : public v1::PersonService::CallbackService {
 public:
  PersonService(rpc::Rpc& rpc, PersonStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* EnsurePerson(grpc::CallbackServerContext* context,
                                         const v1::EnsurePersonRequest* request,
                                         v1::EnsurePersonResponse* response) override;
  grpc::ServerUnaryReactor* GetIdentityNumber(grpc::CallbackServerContext* context,
                                              const v1::GetIdentityNumberRequest* request,
                                              v1::GetIdentityNumberResponse* response) override;

 private:
  absl::StatusOr<v1::EnsurePersonResponse> Ensure(rpc::Changing& changing,
                                                  const v1::EnsurePersonRequest& request);

  absl::StatusOr<v1::GetIdentityNumberResponse> Number(rpc::Reading& reading,
                                                       const v1::GetIdentityNumberRequest& request);

  rpc::Rpc& rpc_;
  PersonStore& store_;
};

}  // namespace bitrade::identity
