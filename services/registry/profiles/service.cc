#include "services/registry/profiles/service.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bitrade::registry {
namespace {

using LogInId = Id<struct LogInTag>;
using Profiles = google::protobuf::RepeatedPtrField<v1::Profile>;

// One profile for each counsel: the scopes of all her delegations taken together. The rows of one
// counsel stand beside each other.
void AddDelegate(const std::vector<DelegateProfile>& rows, Profiles& profiles) {
  v1::Profile* last = nullptr;
  std::set<std::string> scopes;
  for (const DelegateProfile& row : rows) {
    if (row.state != DelegationState::kActive) continue;
    if (last == nullptr || last->counsel_id() != row.principal.text()) {
      last = profiles.Add();
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

void AddInvited(const std::vector<DelegateProfile>& rows, Profiles& profiles) {
  for (const DelegateProfile& row : rows) {
    if (row.state != DelegationState::kInvited) continue;
    v1::Profile& profile = *profiles.Add();
    profile.set_kind(v1::Profile::INVITED);
    profile.set_counsel_id(row.principal.text());
    profile.set_name(row.principal_name);
    profile.set_delegation_id(row.delegation.text());
  }
}

// A browser that keeps nothing is known for the session alone.
std::string BrowserOf(const rpc::Caller& caller, const v1::RecordLogInRequest& request) {
  return request.device_identifier().empty() ? absl::StrCat("session/", caller.ticket->session_id)
                                             : absl::StrCat("device/", request.device_identifier());
}

void TellOfLogIn(rpc::Changing& changing, const DelegateProfile& row, Familiarity familiarity) {
  if (familiarity == Familiarity::kKnown) return;
  changing.Emit("delegate_log_in", changing.NewId<LogInId>().text(), 1,
                familiarity == Familiarity::kFirst ? "FIRST_LOG_IN" : "NEW_BROWSER",
                {{"principal", row.principal.text()},
                 {"delegate", changing.caller().ticket->person_id},
                 {"delegation", row.delegation.text()}});
}

}  // namespace

grpc::ServerUnaryReactor* ProfileService::RecordLogIn(grpc::CallbackServerContext* context,
                                                      const v1::RecordLogInRequest* request,
                                                      v1::RecordLogInResponse* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Record(changing, asked); });
}

absl::StatusOr<v1::RecordLogInResponse> ProfileService::Record(
    rpc::Changing& changing, const v1::RecordLogInRequest& request) {
  v1::RecordLogInResponse response;
  for (const DelegateProfile& row : AddProfiles(changing, request.purpose(), response)) {
    TellOfLogIn(changing, row,
                browsers_.Meet(changing.tx(), row.delegation, BrowserOf(changing.caller(), request),
                               changing.now()));
  }
  if (response.profiles().empty()) changing.Note(audit::Circumstance::kWhy, "NOT_IN_REGISTER");
  return response;
}

grpc::ServerUnaryReactor* ProfileService::ListProfiles(grpc::CallbackServerContext* context,
                                                       const v1::ListProfilesRequest* request,
                                                       v1::ListProfilesResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

absl::StatusOr<v1::ListProfilesResponse> ProfileService::List(
    rpc::Reading& reading, const v1::ListProfilesRequest& request) {
  v1::ListProfilesResponse response;
  AddProfiles(reading, request.purpose(), response);
  return response;
}

// Whatever the listing: being listed governs appointing, never entering.
template <typename Response>
std::vector<DelegateProfile> ProfileService::AddProfiles(rpc::Reading& reading,
                                                         v1::LogInPurpose purpose,
                                                         Response& response) {
  const auto id = CounselId::Trusted(reading.caller().ticket->person_id);
  reading.Saw(id.text());
  if (const std::optional<Counsel> counsel = counsel_.Find(reading.tx(), id)) {
    v1::Profile& profile = *response.add_profiles();
    profile.set_kind(v1::Profile::COUNSEL);
    profile.set_counsel_id(id.text());
    profile.set_name(counsel->details.name);
  } else if (purpose == v1::REGISTER_APPLICATION) {
    v1::Profile& profile = *response.add_profiles();
    profile.set_kind(v1::Profile::APPLICANT);
    profile.set_counsel_id(id.text());
  }
  std::vector<DelegateProfile> rows =
      delegations_.ProfilesOf(reading.tx(), PersonId::Trusted(id.text()), reading.now());
  for (const DelegateProfile& row : rows) reading.Saw(row.delegation.text());
  AddDelegate(rows, *response.mutable_profiles());
  AddInvited(rows, *response.mutable_profiles());
  return rows;
}

}  // namespace bitrade::registry
