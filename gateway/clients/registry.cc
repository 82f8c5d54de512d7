#include "gateway/clients/registry.h"

#include <utility>

#include "gateway/clients/ask.h"
#include "services/common/rpc/metadata.h"

namespace bitrade::gateway {

RegistryClient::RegistryClient(rpc::Neighbour& registry)
    : registry_(registry), stub_(registry::v1::ProfileService::NewStub(registry.channel())) {}

void RegistryClient::RecordLogIn(
    const rpc::Outgoing& outgoing, const std::string& ticket,
    registry::v1::RecordLogInRequest request,
    std::function<void(absl::StatusOr<registry::v1::RecordLogInResponse>)> done) {
  Ask(registry_, outgoing, std::move(request), std::move(done),
      [&](auto* context, auto* asked, auto* response, auto finished) {
        context->AddMetadata(rpc::kTicketHeader, ticket);
        stub_->async()->RecordLogIn(context, asked, response, std::move(finished));
      });
}

void RegistryClient::ListProfiles(
    const rpc::Outgoing& outgoing, const std::string& ticket, registry::v1::LogInPurpose purpose,
    std::function<void(absl::StatusOr<registry::v1::ListProfilesResponse>)> done) {
  registry::v1::ListProfilesRequest request;
  request.set_purpose(purpose);
  Ask(registry_, outgoing, std::move(request), std::move(done),
      [&](auto* context, auto* asked, auto* response, auto finished) {
        context->AddMetadata(rpc::kTicketHeader, ticket);
        stub_->async()->ListProfiles(context, asked, response, std::move(finished));
      });
}

}  // namespace bitrade::gateway
