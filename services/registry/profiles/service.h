// As whom a person may act.
#pragma once

#include <vector>

#include "bitrade/registry/v1/profile_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/registry/counsel/store.h"
#include "services/registry/delegations/browser_store.h"
#include "services/registry/delegations/facts_store.h"

namespace bitrade::registry {

class ProfileService final : public v1::ProfileService::CallbackService {
 public:
  ProfileService(rpc::Rpc& rpc, CounselStore& counsel, DelegationFactsStore& delegations,
                 BrowserStore& browsers)
      : rpc_(rpc), counsel_(counsel), delegations_(delegations), browsers_(browsers) {}

  grpc::ServerUnaryReactor* RecordLogIn(grpc::CallbackServerContext* context,
                                        const v1::RecordLogInRequest* request,
                                        v1::RecordLogInResponse* response) override;
  grpc::ServerUnaryReactor* ListProfiles(grpc::CallbackServerContext* context,
                                         const v1::ListProfilesRequest* request,
                                         v1::ListProfilesResponse* response) override;

 private:
  absl::StatusOr<v1::RecordLogInResponse> Record(rpc::Changing& changing,
                                                 const v1::RecordLogInRequest& request);
  absl::StatusOr<v1::ListProfilesResponse> List(rpc::Reading& reading,
                                                const v1::ListProfilesRequest& request);
  // Adds the profiles of the ticket's person, and returns the rows of her delegations.
  template <typename Response>
  std::vector<DelegateProfile> AddProfiles(rpc::Reading& reading, v1::LogInPurpose purpose,
                                           Response& response);

  rpc::Rpc& rpc_;
  CounselStore& counsel_;
  DelegationFactsStore& delegations_;
  BrowserStore& browsers_;
};

}  // namespace bitrade::registry
