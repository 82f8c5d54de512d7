// What the gateway asks registry: as whom a person may enter.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "bitrade/registry/v1/profile_service.grpc.pb.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::gateway {

// Thread-safe.
class RegistryClient {
 public:
  explicit RegistryClient(rpc::Neighbour& registry);

  // Lists the profiles of the person whose ticket this is, the person's own first; empty for
  // somebody without a place in the register. Errors: UNAVAILABLE, DEADLINE_EXCEEDED.
  void ListProfiles(const rpc::Outgoing& outgoing, const std::string& ticket,
                    std::function<void(absl::StatusOr<registry::v1::ListProfilesResponse>)> done);

 private:
  rpc::Neighbour& registry_;
  std::unique_ptr<registry::v1::ProfileService::Stub> stub_;
};

}  // namespace bitrade::gateway
