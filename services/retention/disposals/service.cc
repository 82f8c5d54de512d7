#include "services/retention/disposals/service.h"

#include "services/common/base/status_macros.h"
#include "services/retention/disposals/convert.h"

namespace bitrade::retention {

grpc::ServerUnaryReactor* DisposalAgencyService::ListDisposals(
    grpc::CallbackServerContext* context, const v1::ListDisposalsRequest* request,
    v1::ListDisposalsResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

absl::StatusOr<v1::ListDisposalsResponse> DisposalAgencyService::List(
    rpc::Reading& reading, const v1::ListDisposalsRequest& request) {
  ASSIGN_OR_RETURN(const AppointmentId id, FromProto(request));
  reading.Saw(id.text());
  v1::ListDisposalsResponse response;
  const Reach reach = policy_.ReachOf(reading.caller().process);
  for (const Disposal& disposal : store_.Of(reading.tx(), id, reach)) {
    *response.add_disposals() = ToProto(disposal);
  }
  return response;
}

}  // namespace bitrade::retention
