#include "services/common/access/delegations/activity_service.h"

#include <string>

#include "services/common/postgres/values.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::access {
namespace {

using events::v1::DelegateActivity;
using events::v1::ListActivitiesRequest;
using events::v1::ListActivitiesResponse;

DelegateActivity ReadRow(const pqxx::row& row) {
  DelegateActivity activity;
  activity.set_position(row[1].as<int64_t>());
  activity.set_seal(postgres::ReadBytes(row[2]));
  rpc::SetTime(postgres::ReadTime(row[3]), *activity.mutable_time());
  activity.set_rpc(row[4].as<std::string>());
  activity.set_delegate_id(row[5].as<std::string>());
  activity.set_counsel_id(row[6].as<std::string>());
  for (std::string& id : postgres::ReadArray(row[7])) activity.add_object_ids(std::move(id));
  return activity;
}

// One row at least, once the sequencer has begun: the stream, and NULLs where there is nothing new.
constexpr postgres::Statement kAfter{"activities_after", R"sql(
    SELECT s.stream_id, a.position, a.hash, a.time, a.rpc, a.actor, a.acting_for, a.object_ids
    FROM stream s LEFT JOIN LATERAL (
      SELECT * FROM audit
      WHERE ground = 'DELEGATE' AND outcome = 'OK' AND position > CASE WHEN s.stream_id::text = $1 THEN $2::bigint ELSE 0 END
      ORDER BY position LIMIT 500) a ON true
    ORDER BY a.position)sql"};

absl::StatusOr<ListActivitiesResponse> List(rpc::Reading& reading,
                                            const ListActivitiesRequest& request) {
  ListActivitiesResponse response;
  for (const auto& row : reading.tx().Exec(kAfter, request.stream_id(), request.after())) {
    response.set_stream_id(row[0].as<std::string>());
    if (!row[1].is_null()) *response.add_activities() = ReadRow(row);
  }
  return response;
}

}  // namespace

grpc::ServerUnaryReactor* ActivityService::ListActivities(
    grpc::CallbackServerContext* context, const events::v1::ListActivitiesRequest* request,
    events::v1::ListActivitiesResponse* response) {
  return rpc_.Read(*context, *request, *response, List);
}

}  // namespace bitrade::access
