// The RPCs on rates.
#pragma once

#include "bitrade/billing/v1/calculation_service.grpc.pb.h"
#include "services/billing/rates/store.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::billing {

class CompensationRateService final : public v1::CompensationRateService::CallbackService {
 public:
  CompensationRateService(rpc::Rpc& rpc, RateStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* ListCompensationRates(
      grpc::CallbackServerContext* context, const v1::ListCompensationRatesRequest* request,
      v1::ListCompensationRatesResponse* response) override;

 private:
  absl::StatusOr<v1::ListCompensationRatesResponse> List(
      rpc::Reading& reading, const v1::ListCompensationRatesRequest& request);

  rpc::Rpc& rpc_;
  RateStore& store_;
};

}  // namespace bitrade::billing
