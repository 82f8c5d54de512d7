// What case systems see of disposals.
#pragma once

#include "bitrade/retention/v1/disposal_agency_service.grpc.pb.h"
#include "services/common/rpc/policy_file.h"
#include "services/common/rpc/rpc.h"
#include "services/retention/disposals/store.h"

namespace bitrade::retention {

class DisposalAgencyService final : public v1::DisposalAgencyService::CallbackService {
 public:
  // What a case system may see is read of `policy`, each time.
  DisposalAgencyService(rpc::Rpc& rpc, DisposalStore& store, const rpc::PolicyFile& policy)
      : rpc_(rpc), store_(store), policy_(policy) {}

  grpc::ServerUnaryReactor* ListDisposals(grpc::CallbackServerContext* context,
                                          const v1::ListDisposalsRequest* request,
                                          v1::ListDisposalsResponse* response) override;

 private:
  absl::StatusOr<v1::ListDisposalsResponse> List(rpc::Reading& reading,
                                                 const v1::ListDisposalsRequest& request);

  rpc::Rpc& rpc_;
  DisposalStore& store_;
  const rpc::PolicyFile& policy_;
};

}  // namespace bitrade::retention
