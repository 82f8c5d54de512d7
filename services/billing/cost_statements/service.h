// The RPCs on cost statements, for counsel. What changes them is in changes.h.
#pragma once

#include "bitrade/billing/v1/cost_statement_service.grpc.pb.h"
#include "services/billing/clients/registry.h"
#include "services/billing/cost_statements/changes.h"
#include "services/common/rpc/rpc.h"
#include "services/common/signing/client.h"

namespace bitrade::billing {

class CostStatementService final : public v1::CostStatementService::CallbackService {
 public:
  CostStatementService(rpc::Rpc& rpc, RegistryClient& registry, signing::Client& signatures,
                       const CostStatementParts& parts)
      : rpc_(rpc), registry_(registry), signatures_(signatures), parts_(parts) {}

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
  grpc::ServerUnaryReactor* CreateSignatureRequest(grpc::CallbackServerContext* context,
                                                   const v1::CreateSignatureRequestRequest* request,
                                                   type::v1::SignatureRequest* response) override;
  grpc::ServerUnaryReactor* FileCostStatement(grpc::CallbackServerContext* context,
                                              const v1::FileCostStatementRequest* request,
                                              v1::CostStatement* response) override;
  grpc::ServerUnaryReactor* GetReceipt(grpc::CallbackServerContext* context,
                                       const v1::GetReceiptRequest* request,
                                       v1::Receipt* response) override;

 private:
  absl::StatusOr<v1::ListCostStatementsResponse> List(rpc::Reading& reading,
                                                      const v1::ListCostStatementsRequest& request);
  absl::StatusOr<v1::CostStatement> Get(rpc::Reading& reading,
                                        const v1::GetCostStatementRequest& request);
  absl::StatusOr<v1::Receipt> FindReceipt(rpc::Reading& reading,
                                          const v1::GetReceiptRequest& request);
  // The register's tax facts, and what identity knows of the signature if there is one.
  void GatherFilingFacts(const rpc::Outgoing& outgoing, const std::string& signature_id,
                         std::function<void(absl::StatusOr<FilingFacts>)> done);
  // A change that needs the register's tax facts, asked first and off the executor.
  template <typename Request>
  grpc::ServerUnaryReactor* ChangeWithFacts(
      grpc::CallbackServerContext& context, const Request& request, v1::CostStatement& response,
      absl::StatusOr<v1::CostStatement> (Changes::*change)(const Request&, const TaxFacts&));

  rpc::Rpc& rpc_;
  RegistryClient& registry_;
  signing::Client& signatures_;
  const CostStatementParts parts_;
};

}  // namespace bitrade::billing
