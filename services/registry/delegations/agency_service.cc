#include "services/registry/delegations/agency_service.h"

#include <map>
#include <string>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/rpc/paging.h"
#include "services/registry/delegations/convert.h"

namespace bitrade::registry {
namespace {

struct ToEnd {
  PersonId counsel;
  DelegationId delegation;
  std::string cause;
};

absl::StatusOr<ToEnd> FromProto(const v1::EndDelegationRequest& request) {
  Violations violations;
  if (!IsUuid(request.counsel_id())) violations.Add("counsel_id", "MALFORMED", "a UUID");
  if (!IsUuid(request.delegation_id())) violations.Add("delegation_id", "MALFORMED", "a UUID");
  if (request.cause() == v1::EndDelegationRequest::CAUSE_UNSPECIFIED) {
    violations.Add("cause", "REQUIRED", "what the agency acts on");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return ToEnd{PersonId::Trusted(request.counsel_id()),
               DelegationId::Trusted(request.delegation_id()),
               v1::EndDelegationRequest::Cause_Name(request.cause())};
}

}  // namespace

grpc::ServerUnaryReactor* DelegationAgencyService::ListCounselDelegations(
    grpc::CallbackServerContext* context, const v1::ListCounselDelegationsRequest* request,
    v1::ListCounselDelegationsResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

absl::StatusOr<v1::ListCounselDelegationsResponse> DelegationAgencyService::List(
    rpc::Reading& reading, const v1::ListCounselDelegationsRequest& request) {
  ASSIGN_OR_RETURN(const PersonId counsel, PersonId::Parse(request.counsel_id()));
  ASSIGN_OR_RETURN(const rpc::PageRows rows,
                   rpc::PageRowsOf(request.limit(), request.page(), /*cursor=*/""));
  reading.Saw(counsel.text());
  ASSIGN_OR_RETURN(
      const DelegationPage page,
      store_.List(reading.tx(), counsel, {.limit = rows.limit, .offset = rows.offset}));
  v1::ListCounselDelegationsResponse response;
  response.set_total(page.total);
  for (const NamedDelegation& named : page.delegations) {
    reading.Saw(named.delegation.id.text());
    *response.add_delegations() = ToProto(named, SideOf(named.delegation, counsel), reading.now());
  }
  return response;
}

grpc::ServerUnaryReactor* DelegationAgencyService::EndDelegation(
    grpc::CallbackServerContext* context, const v1::EndDelegationRequest* request,
    v1::Delegation* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return End(changing, asked); });
}

absl::StatusOr<v1::Delegation> DelegationAgencyService::End(
    rpc::Changing& changing, const v1::EndDelegationRequest& request) {
  ASSIGN_OR_RETURN(const ToEnd to_end, FromProto(request));
  changing.Saw(to_end.delegation.text());
  ASSIGN_OR_RETURN(std::optional<NamedDelegation> named,
                   store_.Lock(changing.tx(), to_end.counsel, to_end.delegation));
  if (!named || SideOf(named->delegation, to_end.counsel) != Side::kPrincipal) {
    return Refuse(kNotFound);
  }
  Delegation& delegation = named->delegation;
  RETURN_IF_ERROR(RevokeDelegation(delegation, changing.now()));
  store_.Update(changing.tx(), delegation);
  std::map<std::string, std::string> data = EventData(FactsOf(delegation));
  data["cause"] = to_end.cause;
  changing.Emit("delegation", delegation.id.text(), delegation.version, "REVOKED", std::move(data));
  return ToProto(*named, Side::kPrincipal, changing.now());
}

}  // namespace bitrade::registry
