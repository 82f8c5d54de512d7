// The activity list, for counsel.
#pragma once

#include "bitrade/retention/v1/activity_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/retention/activities/store.h"

namespace bitrade::retention {

class ActivityService final : public v1::ActivityService::CallbackService {
 public:
  ActivityService(rpc::Rpc& rpc, ActivityStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* ListActivities(grpc::CallbackServerContext* context,
                                           const v1::ListActivitiesRequest* request,
                                           v1::ListActivitiesResponse* response) override;

 private:
  absl::StatusOr<v1::ListActivitiesResponse> List(rpc::Reading& reading,
                                                  const v1::ListActivitiesRequest& request);

  rpc::Rpc& rpc_;
  ActivityStore& store_;
};

}  // namespace bitrade::retention
