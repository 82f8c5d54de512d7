// The guide that meets a counsel after log-in.
#pragma once

#include "bitrade/registry/v1/guide_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/registry/guide/store.h"

namespace bitrade::registry {

class GuideService final : public v1::GuideService::CallbackService {
 public:
  GuideService(rpc::Rpc& rpc, GuideStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* GetGuide(grpc::CallbackServerContext* context,
                                     const v1::GetGuideRequest* request,
                                     v1::Guide* response) override;

 private:
  absl::StatusOr<v1::Guide> Get(rpc::Reading& reading);

  rpc::Rpc& rpc_;
  GuideStore& store_;
};

}  // namespace bitrade::registry
