// The agency's RPCs on legal holds.
#pragma once

#include "bitrade/retention/v1/legal_hold_agency_service.grpc.pb.h"
#include "services/common/rpc/policy_file.h"
#include "services/common/rpc/rpc.h"
#include "services/retention/holds/store.h"

namespace bitrade::retention {

class LegalHoldAgencyService final : public v1::LegalHoldAgencyService::CallbackService {
 public:
  // What a case system may touch is read of `policy`, each time.
  LegalHoldAgencyService(rpc::Rpc& rpc, HoldStore& store, const rpc::PolicyFile& policy)
      : rpc_(rpc), store_(store), policy_(policy) {}

  grpc::ServerUnaryReactor* PlaceLegalHold(grpc::CallbackServerContext* context,
                                           const v1::PlaceLegalHoldRequest* request,
                                           v1::LegalHold* response) override;
  grpc::ServerUnaryReactor* PrepareLegalHoldRelease(
      grpc::CallbackServerContext* context, const v1::PrepareLegalHoldReleaseRequest* request,
      v1::LegalHold* response) override;
  grpc::ServerUnaryReactor* ReleaseLegalHold(grpc::CallbackServerContext* context,
                                             const v1::ReleaseLegalHoldRequest* request,
                                             v1::LegalHold* response) override;
  grpc::ServerUnaryReactor* ListLegalHolds(grpc::CallbackServerContext* context,
                                           const v1::ListLegalHoldsRequest* request,
                                           v1::ListLegalHoldsResponse* response) override;

 private:
  absl::StatusOr<v1::LegalHold> Place(rpc::Changing& changing,
                                      const v1::PlaceLegalHoldRequest& request);
  absl::StatusOr<v1::LegalHold> Prepare(rpc::Changing& changing,
                                        const v1::PrepareLegalHoldReleaseRequest& request);
  absl::StatusOr<v1::LegalHold> Release(rpc::Changing& changing,
                                        const v1::ReleaseLegalHoldRequest& request);
  absl::StatusOr<v1::ListLegalHoldsResponse> List(rpc::Reading& reading,
                                                  const v1::ListLegalHoldsRequest& request);
  // Returns a hold, locked. Errors: NOT_FOUND.
  absl::StatusOr<LegalHold> Locked(rpc::Changing& changing, const LegalHoldId& id);
  access::Reach ReachOf(const rpc::Reading& reading) const {
    return policy_.ReachOf(reading.caller().process);
  }

  rpc::Rpc& rpc_;
  HoldStore& store_;
  const rpc::PolicyFile& policy_;
};

}  // namespace bitrade::retention
