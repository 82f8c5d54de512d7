// What appointments asks registry: whether a counsel may be appointed.
#pragma once

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "bitrade/registry/v1/counsel_service.grpc.pb.h"
#include "services/appointments/domain/availability.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::appointments {

// Thread-safe.
class RegistryClient {
 public:
  explicit RegistryClient(rpc::Neighbour& registry);

  // Asks for a counsel's facts; `done` gets them once. Errors: NOT_FOUND, UNAVAILABLE.
  void GetFacts(const rpc::Outgoing& outgoing, const CounselId& counsel,
                std::function<void(absl::StatusOr<RegisterFacts>)> done);

 private:
  rpc::Neighbour& registry_;
  std::unique_ptr<registry::v1::CounselFactsService::Stub> stub_;
};

}  // namespace bitrade::appointments
