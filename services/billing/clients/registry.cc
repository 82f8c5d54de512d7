#include "services/billing/clients/registry.h"

#include <utility>

namespace bitrade::billing {

RegistryClient::RegistryClient(rpc::Neighbour& registry)
    : registry_(registry), stub_(registry::v1::CounselFactsService::NewStub(registry.channel())) {}

void RegistryClient::GetTaxFacts(const rpc::Outgoing& outgoing, const std::string& counsel_id,
                                 std::function<void(absl::StatusOr<TaxFacts>)> done) {
  auto request = std::make_shared<registry::v1::GetCounselFactsRequest>();
  request->set_counsel_id(counsel_id);
  registry_.Call<registry::v1::CounselFacts>(
      outgoing,
      [this, &request](auto* context, auto* response, auto finished) {
        stub_->async()->GetCounselFacts(context, request.get(), response, finished);
      },
      [request, done = std::move(done)](absl::StatusOr<registry::v1::CounselFacts> facts) {
        if (!facts.ok()) return done(facts.status());
        done(TaxFacts{.f_tax = facts->f_tax(), .vat = facts->vat_registered()});
      });
}

}  // namespace bitrade::billing
