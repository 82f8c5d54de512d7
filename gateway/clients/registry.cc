#include "gateway/clients/registry.h"

#include <utility>

#include "services/common/rpc/metadata.h"

namespace bitrade::gateway {

RegistryClient::RegistryClient(rpc::Neighbour& registry)
    : registry_(registry), stub_(registry::v1::ProfileService::NewStub(registry.channel())) {}

void RegistryClient::ListProfiles(
    const rpc::Outgoing& outgoing, const std::string& ticket,
    std::function<void(absl::StatusOr<registry::v1::ListProfilesResponse>)> done) {
  registry_.Call<registry::v1::ListProfilesResponse>(
      outgoing,
      [&](auto* context, auto* response, auto finished) {
        context->AddMetadata(rpc::kTicketHeader, ticket);
        stub_->async()->ListProfiles(context,
                                     &registry::v1::ListProfilesRequest::default_instance(),
                                     response, std::move(finished));
      },
      std::move(done));
}

}  // namespace bitrade::gateway
