#include "services/registry/delegations/access_service.h"

#include "services/common/base/status_macros.h"
#include "services/registry/delegations/convert.h"

namespace bitrade::registry {

grpc::ServerUnaryReactor* AccessService::GetDelegationAccess(
    grpc::CallbackServerContext* context, const v1::GetDelegationAccessRequest* request,
    v1::DelegationAccess* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Get(reading, asked);
  });
}

absl::StatusOr<v1::DelegationAccess> AccessService::Get(
    rpc::Reading& reading, const v1::GetDelegationAccessRequest& request) {
  ASSIGN_OR_RETURN(const CounselId principal, CounselId::Parse(request.principal_id()));
  ASSIGN_OR_RETURN(const PersonId delegate, PersonId::Parse(request.delegate_id()));
  v1::DelegationAccess response;
  for (const DelegationFacts& facts : store_.Between(reading.tx(), principal, delegate)) {
    *response.add_delegations() = ToProto(facts);
  }
  return response;
}

}  // namespace bitrade::registry
