// What billing asks identity: to have a draft signed, and who has signed it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "bitrade/billing/v1/cost_statement.pb.h"
#include "bitrade/identity/v1/signature_service.grpc.pb.h"
#include "bitrade/type/v1/browser.pb.h"
#include "services/billing/domain/signature.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::billing {

// A signature that the counsel is asked for.
struct SignatureAsk {
  std::string signature_id;
  std::string person_id;
  std::string method, start;  // "MOBILE_BANKID", "OTHER_DEVICE"
  std::string cost_statement_id;
  int64_t version = 0;
  std::string visible_text, manifest;
  type::v1::Browser browser;
};

// Thread-safe.
class IdentityClient {
 public:
  explicit IdentityClient(rpc::Neighbour& identity);

  // Asks for a signature; the same again changes nothing. `done` gets how far it is, once.
  // Errors: SIGNATURE_METHOD_UNAVAILABLE, UNAVAILABLE.
  void RequestSignature(const rpc::Outgoing& outgoing, const SignatureAsk& ask,
                        std::function<void(absl::StatusOr<v1::SignatureRequest::State>)> done);

  // Asks what is known of a signature. Errors: SIGNATURE_OF_SOMETHING_ELSE when there is none,
  // UNAVAILABLE.
  void GetSignatureFact(const rpc::Outgoing& outgoing, const std::string& signature_id,
                        std::function<void(absl::StatusOr<SignatureFact>)> done);

 private:
  rpc::Neighbour& identity_;
  std::unique_ptr<identity::v1::SignatureRequestService::Stub> stub_;
};

}  // namespace bitrade::billing
