#include "services/registry/profiles/service.h"

#include <set>
#include <vector>

namespace bitrade::registry {
namespace {

// One profile for each counsel: the scopes of all her delegations taken together. The rows of one
// counsel stand beside each other.
void AddDelegate(const std::vector<DelegateProfile>& rows, v1::ListProfilesResponse& response) {
  v1::Profile* last = nullptr;
  std::set<std::string> scopes;
  for (const DelegateProfile& row : rows) {
    if (row.state != DelegationState::kActive) continue;
    if (last == nullptr || last->counsel_id() != row.principal.text()) {
      last = response.add_profiles();
      last->set_kind(v1::Profile::DELEGATE);
      last->set_counsel_id(row.principal.text());
      last->set_name(row.principal_name);
      scopes.clear();
    }
    scopes.insert(row.scopes.begin(), row.scopes.end());
    last->clear_scopes();
    last->mutable_scopes()->Add(scopes.begin(), scopes.end());
  }
}

void AddInvited(const std::vector<DelegateProfile>& rows, v1::ListProfilesResponse& response) {
  for (const DelegateProfile& row : rows) {
    if (row.state != DelegationState::kInvited) continue;
    v1::Profile& profile = *response.add_profiles();
    profile.set_kind(v1::Profile::INVITED);
    profile.set_counsel_id(row.principal.text());
    profile.set_name(row.principal_name);
    profile.set_delegation_id(row.delegation.text());
  }
}

}  // namespace

grpc::ServerUnaryReactor* ProfileService::ListProfiles(grpc::CallbackServerContext* context,
                                                       const v1::ListProfilesRequest* request,
                                                       v1::ListProfilesResponse* response) {
  return rpc_.Read(*context, *request, *response,
                   [this](rpc::Reading& reading, const auto& /*asked*/) { return List(reading); });
}

// Whatever the listing: being listed governs appointing, never entering.
absl::StatusOr<v1::ListProfilesResponse> ProfileService::List(rpc::Reading& reading) {
  v1::ListProfilesResponse response;
  const auto id = CounselId::Trusted(reading.caller().ticket->person_id);
  reading.Saw(id.text());
  if (const std::optional<Counsel> counsel = counsel_.Find(reading.tx(), id)) {
    v1::Profile& profile = *response.add_profiles();
    profile.set_kind(v1::Profile::COUNSEL);
    profile.set_counsel_id(id.text());
    profile.set_name(counsel->details.name);
  }
  const std::vector<DelegateProfile> rows =
      delegations_.ProfilesOf(reading.tx(), PersonId::Trusted(id.text()), reading.now());
  for (const DelegateProfile& row : rows) reading.Saw(row.delegation.text());
  AddDelegate(rows, response);
  AddInvited(rows, response);
  return response;
}

}  // namespace bitrade::registry
