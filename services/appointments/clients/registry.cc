#include "services/appointments/clients/registry.h"

#include <utility>

namespace bitrade::appointments {
namespace {

// What a newer registry may say, and this version does not know, appoints nobody.
Listing ListingFrom(registry::v1::Counsel::Listing listing) {
  switch (listing) {
    case registry::v1::Counsel::LISTED:
      return Listing::kListed;
    case registry::v1::Counsel::ON_REQUEST_ONLY:
      return Listing::kOnRequestOnly;
    case registry::v1::Counsel::REMOVED:
      return Listing::kRemoved;
    default:
      return Listing::kIneligible;
  }
}

}  // namespace

RegistryClient::RegistryClient(rpc::Neighbour& registry)
    : registry_(registry), stub_(registry::v1::CounselFactsService::NewStub(registry.channel())) {}

void RegistryClient::GetFacts(const rpc::Outgoing& outgoing, const CounselId& counsel,
                              std::function<void(absl::StatusOr<RegisterFacts>)> done) {
  auto request = std::make_shared<registry::v1::GetCounselFactsRequest>();
  request->set_counsel_id(counsel.text());
  registry_.Call<registry::v1::CounselFacts>(
      outgoing,
      [this, &request](auto* context, auto* response, auto finished) {
        stub_->async()->GetCounselFacts(context, request.get(), response, finished);
      },
      [request, done = std::move(done)](const absl::StatusOr<registry::v1::CounselFacts>& facts) {
        if (!facts.ok()) return done(facts.status());
        done(RegisterFacts{.version = facts->version(), .listing = ListingFrom(facts->listing())});
      });
}

}  // namespace bitrade::appointments
