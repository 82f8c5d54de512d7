// What appointments asks identity: the number of a delegate, to be compared and not kept.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "bitrade/identity/v1/login_service.grpc.pb.h"
#include "services/appointments/domain/ids.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::appointments {

// Thread-safe. Waits for answers: for threads in the background.
class IdentityClient {
 public:
  explicit IdentityClient(rpc::Neighbour& identity);

  // Asks for a person's identity number, 12 digits. Errors: NOT_FOUND, UNAVAILABLE.
  absl::StatusOr<std::string> GetIdentityNumber(const rpc::Outgoing& outgoing,
                                                const PersonId& person);

 private:
  rpc::Neighbour& identity_;
  std::unique_ptr<identity::v1::PersonService::Stub> stub_;
};

}  // namespace bitrade::appointments
