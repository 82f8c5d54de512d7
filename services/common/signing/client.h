// What an owner of something that is signed asks identity: to have it signed, and who has signed
// it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "bitrade/identity/v1/signature_service.grpc.pb.h"
#include "services/common/rpc/neighbour.h"
#include "services/common/signing/request.h"

namespace bitrade::signing {

// Thread-safe.
class Client {
 public:
  explicit Client(rpc::Neighbour& identity);

  // Has what a transaction has frozen signed; the same again changes nothing. `done` gets the
  // answer for the client, with how far the signature is, once.
  // Errors: SIGNATURE_METHOD_UNAVAILABLE, UNAVAILABLE.
  void Tell(const rpc::Outgoing& outgoing, const MadeRequest& made,
            std::function<void(absl::StatusOr<type::v1::SignatureRequest>)> done);

  // Asks what is known of a signature; nothing is asked, and known, where `signature_id` is empty.
  // One that does not exist is a signature of nothing, and fails where it is compared. Errors:
  // UNAVAILABLE.
  void GatherFact(const rpc::Outgoing& outgoing, const std::string& signature_id,
                  std::function<void(absl::StatusOr<std::optional<Fact>>)> done);

 private:
  rpc::Neighbour& identity_;
  std::unique_ptr<identity::v1::SignatureRequestService::Stub> stub_;
};

}  // namespace bitrade::signing
