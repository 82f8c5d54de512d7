// What services after registry ask of delegations where their own projection says no or is stale.
#pragma once

#include "bitrade/registry/v1/delegation_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/registry/delegations/facts_store.h"

namespace bitrade::registry {

class AccessService final : public v1::AccessService::CallbackService {
 public:
  AccessService(rpc::Rpc& rpc, DelegationFactsStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* GetDelegationAccess(grpc::CallbackServerContext* context,
                                                const v1::GetDelegationAccessRequest* request,
                                                v1::DelegationAccess* response) override;

 private:
  absl::StatusOr<v1::DelegationAccess> Get(rpc::Reading& reading,
                                           const v1::GetDelegationAccessRequest& request);

  rpc::Rpc& rpc_;
  DelegationFactsStore& store_;
};

}  // namespace bitrade::registry
