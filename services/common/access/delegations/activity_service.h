// Tells retention what delegates have done here, from the sealed rows of the audit trail. Served by
// every service that follows delegations (follow.h).
#pragma once

#include "bitrade/events/v1/activity_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::access {

class ActivityService final : public events::v1::ActivityService::CallbackService {
 public:
  explicit ActivityService(rpc::Rpc& rpc) : rpc_(rpc) {}

  grpc::ServerUnaryReactor* ListActivities(grpc::CallbackServerContext* context,
                                           const events::v1::ListActivitiesRequest* request,
                                           events::v1::ListActivitiesResponse* response) override;

 private:
  rpc::Rpc& rpc_;
};

}  // namespace bitrade::access
