// What billing asks registry: the tax facts of a counsel's claims.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "bitrade/registry/v1/counsel_service.grpc.pb.h"
#include "services/billing/domain/claim.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::billing {

// Thread-safe.
class RegistryClient {
 public:
  explicit RegistryClient(rpc::Neighbour& registry);

  // Asks for a counsel's facts; `done` gets them once. Errors: NOT_FOUND, UNAVAILABLE.
  void GetTaxFacts(const rpc::Outgoing& outgoing, const std::string& counsel_id,
                   std::function<void(absl::StatusOr<TaxFacts>)> done);

 private:
  rpc::Neighbour& registry_;
  std::unique_ptr<registry::v1::CounselFactsService::Stub> stub_;
};

}  // namespace bitrade::billing
