// As whom a person may act.
#pragma once

#include "bitrade/registry/v1/profile_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/registry/counsel/store.h"
#include "services/registry/delegations/facts_store.h"

namespace bitrade::registry {

class ProfileService final : public v1::ProfileService::CallbackService {
 public:
  ProfileService(rpc::Rpc& rpc, CounselStore& counsel, DelegationFactsStore& delegations)
      : rpc_(rpc), counsel_(counsel), delegations_(delegations) {}

  grpc::ServerUnaryReactor* ListProfiles(grpc::CallbackServerContext* context,
                                         const v1::ListProfilesRequest* request,
                                         v1::ListProfilesResponse* response) override;

 private:
  absl::StatusOr<v1::ListProfilesResponse> List(rpc::Reading& reading);

  rpc::Rpc& rpc_;
  CounselStore& counsel_;
  DelegationFactsStore& delegations_;
};

}  // namespace bitrade::registry
