// Which person an identity number belongs to: what registry asks.
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

 private:
  absl::StatusOr<v1::EnsurePersonResponse> Ensure(rpc::Changing& changing,
                                                  const v1::EnsurePersonRequest& request);

  rpc::Rpc& rpc_;
  PersonStore& store_;
};

}  // namespace bitrade::identity
