// What case systems do about delegations.
#pragma once

#include "bitrade/registry/v1/delegation_agency_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/registry/delegations/store.h"

namespace bitrade::registry {

class DelegationAgencyService final : public v1::DelegationAgencyService::CallbackService {
 public:
  DelegationAgencyService(rpc::Rpc& rpc, DelegationStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* ListCounselDelegations(
      grpc::CallbackServerContext* context, const v1::ListCounselDelegationsRequest* request,
      v1::ListCounselDelegationsResponse* response) override;
  grpc::ServerUnaryReactor* EndDelegation(grpc::CallbackServerContext* context,
                                          const v1::EndDelegationRequest* request,
                                          v1::Delegation* response) override;

 private:
  absl::StatusOr<v1::ListCounselDelegationsResponse> List(
      rpc::Reading& reading, const v1::ListCounselDelegationsRequest& request);
  absl::StatusOr<v1::Delegation> End(rpc::Changing& changing,
                                     const v1::EndDelegationRequest& request);

  rpc::Rpc& rpc_;
  DelegationStore& store_;
};

}  // namespace bitrade::registry
