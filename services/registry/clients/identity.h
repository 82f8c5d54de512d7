// What registry asks identity: which person an identity number belongs to.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "bitrade/identity/v1/login_service.grpc.pb.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::registry {

class IdentityClient {
 public:
  explicit IdentityClient(rpc::Neighbour& identity);

  // Finds or makes the person with a number of 12 digits; `done` gets the person's id.
  // Errors: INVALID_REQUEST for a number that cannot be, UNAVAILABLE.
  void EnsurePerson(const rpc::Outgoing& outgoing, const std::string& identity_number,
                    std::function<void(absl::StatusOr<std::string>)> done);

 private:
  rpc::Neighbour& identity_;
  std::unique_ptr<identity::v1::PersonService::Stub> stub_;
};

}  // namespace bitrade::registry
