// The RPCs on cost statements, for counsel.
#pragma once

#include <string>

#include "bitrade/billing/v1/cost_statement_service.grpc.pb.h"
#include "services/billing/clients/registry.h"
#include "services/billing/cost_statements/receipt_store.h"
#include "services/billing/cost_statements/store.h"
#include "services/billing/rates/store.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::billing {

// What the service works with.
struct CostStatementParts {
  CostStatementStore& statements;
  ReceiptStore& receipts;
  RateStore& rates;
  RegistryClient& registry;
  Confirmation confirmation;
};

class CostStatementService final : public v1::CostStatementService::CallbackService {
 public:
  CostStatementService(rpc::Rpc& rpc, const CostStatementParts& parts) : rpc_(rpc), parts_(parts) {}

  grpc::ServerUnaryReactor* ListCostStatements(grpc::CallbackServerContext* context,
                                               const v1::ListCostStatementsRequest* request,
                                               v1::ListCostStatementsResponse* response) override;
  grpc::ServerUnaryReactor* CreateCostStatement(grpc::CallbackServerContext* context,
                                                const v1::CreateCostStatementRequest* request,
                                                v1::CostStatement* response) override;
  grpc::ServerUnaryReactor* GetCostStatement(grpc::CallbackServerContext* context,
                                             const v1::GetCostStatementRequest* request,
                                             v1::CostStatement* response) override;
  grpc::ServerUnaryReactor* UpdateCostStatement(grpc::CallbackServerContext* context,
                                                const v1::UpdateCostStatementRequest* request,
                                                v1::CostStatement* response) override;
  grpc::ServerUnaryReactor* DeleteCostStatement(grpc::CallbackServerContext* context,
                                                const v1::DeleteCostStatementRequest* request,
                                                google::protobuf::Empty* response) override;
  grpc::ServerUnaryReactor* FileCostStatement(grpc::CallbackServerContext* context,
                                              const v1::FileCostStatementRequest* request,
                                              v1::CostStatement* response) override;
  grpc::ServerUnaryReactor* GetReceipt(grpc::CallbackServerContext* context,
                                       const v1::GetReceiptRequest* request,
                                       v1::Receipt* response) override;

 private:
  absl::StatusOr<v1::ListCostStatementsResponse> List(rpc::Reading& reading,
                                                      const v1::ListCostStatementsRequest& request);
  absl::StatusOr<v1::CostStatement> Create(rpc::Changing& changing,
                                           const v1::CreateCostStatementRequest& request,
                                           const TaxFacts& facts);
  absl::StatusOr<v1::CostStatement> Get(rpc::Reading& reading,
                                        const v1::GetCostStatementRequest& request);
  absl::StatusOr<v1::CostStatement> Update(rpc::Changing& changing,
                                           const v1::UpdateCostStatementRequest& request,
                                           const TaxFacts& facts);
  absl::StatusOr<google::protobuf::Empty> Delete(rpc::Changing& changing,
                                                 const v1::DeleteCostStatementRequest& request);
  absl::StatusOr<v1::CostStatement> File(rpc::Changing& changing,
                                         const v1::FileCostStatementRequest& request,
                                         const TaxFacts& facts);
  absl::StatusOr<v1::Receipt> FindReceipt(rpc::Reading& reading,
                                          const v1::GetReceiptRequest& request);

  // A change that needs the register's tax facts, asked first and off the executor.
  template <typename Request>
  grpc::ServerUnaryReactor* ChangeWithFacts(
      grpc::CallbackServerContext& context, const Request& request, v1::CostStatement& response,
      absl::StatusOr<v1::CostStatement> (CostStatementService::*use_case)(rpc::Changing&,
                                                                          const Request&,
                                                                          const TaxFacts&));
  absl::StatusOr<v1::CostStatement> Draft(rpc::Changing& changing,
                                          const v1::CreateCostStatementRequest& request,
                                          const TaxFacts& facts);
  absl::StatusOr<v1::CostStatement> FileLocked(rpc::Changing& changing, StoredStatement draft,
                                               const v1::FileCostStatementRequest& request,
                                               const TaxFacts& facts);
  // Returns the statement that the caller sees, locked. Errors: NOT_FOUND.
  absl::StatusOr<StoredStatement> LockSeen(rpc::Changing& changing, const std::string& id);
  // The answer for a statement that was not seen: asks the owner of its appointment once.
  absl::Status NotSeen(rpc::Reading& reading, const CostStatementId& id);

  rpc::Rpc& rpc_;
  const CostStatementParts parts_;
};

}  // namespace bitrade::billing
