#include "services/registry/clients/identity.h"

namespace bitrade::registry {

IdentityClient::IdentityClient(rpc::Neighbour& identity)
    : identity_(identity), stub_(identity::v1::PersonService::NewStub(identity.channel())) {}

void IdentityClient::EnsurePerson(const rpc::Outgoing& outgoing, const std::string& identity_number,
                                  std::function<void(absl::StatusOr<std::string>)> done) {
  auto request = std::make_shared<identity::v1::EnsurePersonRequest>();
  request->set_identity_number(identity_number);
  identity_.Call<identity::v1::EnsurePersonResponse>(
      outgoing,
      [this, &request](auto* context, auto* response, auto finished) {
        stub_->async()->EnsurePerson(context, request.get(), response, finished);
      },
      [request,
       done = std::move(done)](absl::StatusOr<identity::v1::EnsurePersonResponse> response) {
        if (!response.ok()) return done(response.status());
        done(response->person_id());
      });
}

}  // namespace bitrade::registry
