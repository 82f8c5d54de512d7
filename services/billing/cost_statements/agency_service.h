// The RPCs by which a case system takes over what is filed.
#pragma once

#include <atomic>
#include <cstdint>

#include "bitrade/billing/v1/cost_statement_agency_service.grpc.pb.h"
#include "services/billing/cost_statements/claimed_time_store.h"
#include "services/billing/cost_statements/receipt_store.h"
#include "services/common/rpc/policy_file.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::billing {

class CostStatementAgencyService final : public v1::CostStatementAgencyService::CallbackService {
 public:
  // What a case system may touch is read of `policy`, each time.
  CostStatementAgencyService(rpc::Rpc& rpc, ReceiptStore& receipts, ClaimedTimeStore& claimed,
                             const rpc::PolicyFile& policy);

  grpc::ServerUnaryReactor* ListUnregistered(grpc::CallbackServerContext* context,
                                             const v1::ListUnregisteredRequest* request,
                                             v1::ListUnregisteredResponse* response) override;
  grpc::ServerUnaryReactor* Acknowledge(grpc::CallbackServerContext* context,
                                        const v1::AcknowledgeRequest* request,
                                        v1::CostStatement* response) override;

 private:
  absl::StatusOr<v1::ListUnregisteredResponse> List(rpc::Reading& reading,
                                                    const v1::ListUnregisteredRequest& request);
  absl::StatusOr<v1::CostStatement> Register(rpc::Changing& changing,
                                             const v1::AcknowledgeRequest& request);
  void Alarm(const rpc::Changing& changing, const CostStatementId& id);

  rpc::Rpc& rpc_;
  ReceiptStore& receipts_;
  ClaimedTimeStore& claimed_;
  const rpc::PolicyFile& policy_;
  // Acknowledgements that told another digest than what was filed.
  std::atomic<int64_t> wrong_digests_{0};
};

}  // namespace bitrade::billing
