#include "services/registry/profiles/service.h"

namespace bitrade::registry {

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
  return response;
}

}  // namespace bitrade::registry
