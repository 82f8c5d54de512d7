// Takes what the gateway refused by itself into the audit trail.
#pragma once

#include "bitrade/identity/v1/refusal_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::identity {

class RefusalService final : public v1::RefusalService::CallbackService {
 public:
  explicit RefusalService(rpc::Rpc& rpc) : rpc_(rpc) {}

  grpc::ServerUnaryReactor* RecordRefusals(grpc::CallbackServerContext* context,
                                           const v1::RecordRefusalsRequest* request,
                                           v1::RecordRefusalsResponse* response) override;

 private:
  rpc::Rpc& rpc_;
};

}  // namespace bitrade::identity
