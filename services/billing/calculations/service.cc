#include "services/billing/calculations/service.h"

#include "services/billing/calculations/convert.h"
#include "services/common/base/status_macros.h"

namespace bitrade::billing {

grpc::ServerUnaryReactor* CostCalculationService::CreateCostCalculation(
    grpc::CallbackServerContext* context, const v1::CreateCostCalculationRequest* request,
    v1::CalculationResult* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Create(reading, asked);
  });
}

absl::StatusOr<v1::CalculationResult> CostCalculationService::Create(
    rpc::Reading& reading, const v1::CreateCostCalculationRequest& request) {
  ASSIGN_OR_RETURN(const Claim claim, FromProto(request.input()));
  ASSIGN_OR_RETURN(const Calculation calculation, Calculate(claim, rates_.All(reading.tx())));
  return ToProto(calculation);
}

}  // namespace bitrade::billing
