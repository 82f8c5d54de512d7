// What the gateway tells registry: who has logged in; and asks: as whom a person may enter.
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

  // Tells that the person whose ticket this is has logged in, and gets her profiles, her own first;
  // none for somebody without a place in the register. Errors: UNAVAILABLE, DEADLINE_EXCEEDED.
  void RecordLogIn(const rpc::Outgoing& outgoing, const std::string& ticket,
                   registry::v1::RecordLogInRequest request,
                   std::function<void(absl::StatusOr<registry::v1::RecordLogInResponse>)> done);

  // Lists the same of somebody who has logged in for `purpose`. Errors: the same.
  void ListProfiles(const rpc::Outgoing& outgoing, const std::string& ticket,
                    registry::v1::LogInPurpose purpose,
                    std::function<void(absl::StatusOr<registry::v1::ListProfilesResponse>)> done);

 private:
  rpc::Neighbour& registry_;
  std::unique_ptr<registry::v1::ProfileService::Stub> stub_;
};

}  // namespace bitrade::gateway
