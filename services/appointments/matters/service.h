// The agency's RPCs on matters, the applicants in them and the decisions on them.
#pragma once

#include <functional>

#include "bitrade/appointments/v1/matter_agency_service.grpc.pb.h"
#include "services/appointments/matters/convert.h"
#include "services/appointments/matters/decision_convert.h"
#include "services/appointments/stores.h"
#include "services/common/rpc/policy_file.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::appointments {

class MatterAgencyService final : public v1::MatterAgencyService::CallbackService {
 public:
  // What a case system may touch is read of `policy`, each time.
  MatterAgencyService(rpc::Rpc& rpc, Stores& stores, const rpc::PolicyFile& policy)
      : rpc_(rpc), stores_(stores), policy_(policy) {}

  grpc::ServerUnaryReactor* RegisterMatter(grpc::CallbackServerContext* context,
                                           const v1::RegisterMatterRequest* request,
                                           v1::Matter* response) override;
  grpc::ServerUnaryReactor* RaiseProtection(grpc::CallbackServerContext* context,
                                            const v1::RaiseProtectionRequest* request,
                                            v1::Applicant* response) override;
  grpc::ServerUnaryReactor* RecordDecision(grpc::CallbackServerContext* context,
                                           const v1::RecordDecisionRequest* request,
                                           v1::Decision* response) override;
  grpc::ServerUnaryReactor* RecordService(grpc::CallbackServerContext* context,
                                          const v1::RecordServiceRequest* request,
                                          v1::Decision* response) override;
  grpc::ServerUnaryReactor* RecordLegalForce(grpc::CallbackServerContext* context,
                                             const v1::RecordLegalForceRequest* request,
                                             v1::Decision* response) override;
  grpc::ServerUnaryReactor* RecordAppealHandOver(grpc::CallbackServerContext* context,
                                                 const v1::RecordAppealHandOverRequest* request,
                                                 v1::Decision* response) override;
  grpc::ServerUnaryReactor* RecordConflictOfInterest(
      grpc::CallbackServerContext* context, const v1::RecordConflictOfInterestRequest* request,
      v1::ConflictOfInterest* response) override;
  grpc::ServerUnaryReactor* WithdrawConflictOfInterest(
      grpc::CallbackServerContext* context, const v1::WithdrawConflictOfInterestRequest* request,
      v1::ConflictOfInterest* response) override;

 private:
  // What becomes of a decision by a fact recorded on a day, today.
  using Step =
      std::function<absl::StatusOr<Decision>(Decision, const NewFact&, absl::CivilDay today)>;

  absl::StatusOr<v1::Matter> Register(rpc::Changing& changing,
                                      const v1::RegisterMatterRequest& request);
  absl::StatusOr<v1::Applicant> Protect(rpc::Changing& changing,
                                        const v1::RaiseProtectionRequest& request);
  absl::StatusOr<v1::Decision> Decide(rpc::Changing& changing,
                                      const v1::RecordDecisionRequest& request);

  // The RPCs that record a fact differ in the step alone; `kind` is what their event says.
  template <typename Request>
  grpc::ServerUnaryReactor* Record(grpc::CallbackServerContext& context, const Request& request,
                                   v1::Decision& response, const char* kind, Step step);
  absl::StatusOr<v1::Decision> Store(rpc::Changing& changing, const NewFact& fact, const char* kind,
                                     const Step& step);
  void Tell(rpc::Changing& changing, const Decision& decision, const char* kind);
  Reach ReachOf(const rpc::Changing& changing) const {
    return policy_.ReachOf(changing.caller().process);
  }

  rpc::Rpc& rpc_;
  Stores& stores_;
  const rpc::PolicyFile& policy_;
};

}  // namespace bitrade::appointments
