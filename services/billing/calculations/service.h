// The RPC that computes a compensation and stores nothing.
#pragma once

#include "bitrade/billing/v1/calculation_service.grpc.pb.h"
#include "services/billing/rates/store.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::billing {

class CostCalculationService final : public v1::CostCalculationService::CallbackService {
 public:
  CostCalculationService(rpc::Rpc& rpc, RateStore& rates) : rpc_(rpc), rates_(rates) {}

  grpc::ServerUnaryReactor* CreateCostCalculation(grpc::CallbackServerContext* context,
                                                  const v1::CreateCostCalculationRequest* request,
                                                  v1::CalculationResult* response) override;

 private:
  absl::StatusOr<v1::CalculationResult> Create(rpc::Reading& reading,
                                               const v1::CreateCostCalculationRequest& request);

  rpc::Rpc& rpc_;
  RateStore& rates_;
};

}  // namespace bitrade::billing
