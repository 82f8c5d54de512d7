#include "services/retention/activities/service.h"

#include "services/common/base/status_macros.h"
#include "services/common/rpc/paging.h"
#include "services/retention/activities/convert.h"

namespace bitrade::retention {

grpc::ServerUnaryReactor* ActivityService::ListActivities(grpc::CallbackServerContext* context,
                                                          const v1::ListActivitiesRequest* request,
                                                          v1::ListActivitiesResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

absl::StatusOr<v1::ListActivitiesResponse> ActivityService::List(
    rpc::Reading& reading, const v1::ListActivitiesRequest& request) {
  ASSIGN_OR_RETURN(const rpc::PageRows rows,
                   rpc::PageRowsOf(request.limit(), request.page(), request.cursor()));
  const auto counsel = CounselId::Trusted(reading.caller().counsel_id());
  const ActivityPage page = store_.List(reading.tx(), counsel,
                                        {rows.limit, rows.offset, ActivityId::Trusted(rows.before),
                                         request.notices_only() ? Kinds::kNotices : Kinds::kAll});
  v1::ListActivitiesResponse response;
  response.set_total(page.total);
  if (page.more) response.set_next_cursor(rpc::CursorAfter(page.activities.back().id.text()));
  for (const Activity& activity : page.activities) {
    reading.Saw(activity.id.text());
    *response.add_activities() = ToProto(activity);
  }
  return response;
}

}  // namespace bitrade::retention
