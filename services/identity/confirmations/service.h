// The RPCs on confirmations, for the gateway: to the provider, and back.
#pragma once

#include <string>

#include "bitrade/identity/v1/confirmation_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/identity/confirmations/ends.h"
#include "services/identity/confirmations/store.h"
#include "services/identity/oidc/provider.h"
#include "services/identity/oidc_logins/come_back.h"
#include "services/identity/signatures/store.h"

namespace bitrade::identity {

// What the service works with; all must outlive it.
struct ConfirmationParts {
  SignatureStore& signatures;
  ConfirmationStore& confirmations;
  ConfirmationEnds& ends;
  oidc::Provider* provider;  // null where there is none
};

class ConfirmationService final : public v1::ConfirmationService::CallbackService {
 public:
  ConfirmationService(rpc::Rpc& rpc, const ConfirmationParts& parts) : rpc_(rpc), parts_(parts) {}

  grpc::ServerUnaryReactor* BeginConfirmation(grpc::CallbackServerContext* context,
                                              const v1::BeginConfirmationRequest* request,
                                              v1::BeginConfirmationResponse* response) override;
  grpc::ServerUnaryReactor* ReturnConfirmation(grpc::CallbackServerContext* context,
                                               const v1::ReturnConfirmationRequest* request,
                                               v1::Signature* response) override;

 private:
  // A confirmation whose browser goes, and what it must bring back.
  struct Begun {
    std::string signature_id;
    oidc::LoginSecrets secrets;
    std::string purpose;
    std::string address;
  };

  absl::StatusOr<Begun> Begin(rpc::Changing& changing, const v1::BeginConfirmationRequest& request);
  absl::StatusOr<CameBack> Claim(rpc::Changing& changing,
                                 const v1::ReturnConfirmationRequest& request);
  absl::StatusOr<v1::Signature> Settled(rpc::Changing& changing, const CameBack& back,
                                        const absl::StatusOr<oidc::ProvedPerson>& answer);

  rpc::Rpc& rpc_;
  const ConfirmationParts parts_;
};

}  // namespace bitrade::identity
