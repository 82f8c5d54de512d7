// The RPCs on signatures: for the services whose things are signed, and for the person who signs.
#pragma once

#include <string>

#include "bitrade/identity/v1/signature_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/identity/orders/store.h"
#include "services/identity/signatures/convert.h"
#include "services/identity/signatures/store.h"

namespace bitrade::identity {

// Whether there is a provider at which one can confirm.
enum class Confirmations { kNone, kOffered };

class SignatureRequestService final : public v1::SignatureRequestService::CallbackService {
 public:
  SignatureRequestService(rpc::Rpc& rpc, SignatureStore& signatures, OrderStore& orders,
                          Confirmations confirmations = Confirmations::kNone)
      : rpc_(rpc), signatures_(signatures), orders_(orders), confirmations_(confirmations) {}

  grpc::ServerUnaryReactor* RequestSignature(grpc::CallbackServerContext* context,
                                             const v1::RequestSignatureRequest* request,
                                             v1::Signature* response) override;
  grpc::ServerUnaryReactor* GetSignatureFact(grpc::CallbackServerContext* context,
                                             const v1::GetSignatureFactRequest* request,
                                             v1::SignatureFact* response) override;

 private:
  absl::StatusOr<v1::Signature> Requested(rpc::Changing& changing,
                                          const v1::RequestSignatureRequest& request);
  // Enters a new signature, and what begins it. Errors: those of FirstAnswer.
  absl::StatusOr<v1::Signature> Entered(rpc::Changing& changing, const SignatureWish& wish);
  // Gives up what the person has open: BankID lets a person have one order.
  void GiveUpOthers(rpc::Changing& changing, const PersonId& person);
  absl::StatusOr<v1::SignatureFact> Fact(rpc::Reading& reading,
                                         const v1::GetSignatureFactRequest& request);

  rpc::Rpc& rpc_;
  SignatureStore& signatures_;
  OrderStore& orders_;
  const Confirmations confirmations_;
};

class SignatureService final : public v1::SignatureService::CallbackService {
 public:
  SignatureService(rpc::Rpc& rpc, SignatureStore& signatures, OrderStore& orders)
      : rpc_(rpc), signatures_(signatures), orders_(orders) {}

  grpc::ServerUnaryReactor* GetSignature(grpc::CallbackServerContext* context,
                                         const v1::GetSignatureRequest* request,
                                         v1::Signature* response) override;
  grpc::ServerUnaryReactor* ReturnSignature(grpc::CallbackServerContext* context,
                                            const v1::ReturnSignatureRequest* request,
                                            v1::ReturnSignatureResponse* response) override;
  grpc::ServerUnaryReactor* CancelSignature(grpc::CallbackServerContext* context,
                                            const v1::CancelSignatureRequest* request,
                                            v1::Signature* response) override;

 private:
  absl::StatusOr<v1::Signature> Get(rpc::Reading& reading, const v1::GetSignatureRequest& request);
  absl::StatusOr<v1::Signature> GivenUp(rpc::Changing& changing,
                                        const v1::CancelSignatureRequest& request);

  rpc::Rpc& rpc_;
  SignatureStore& signatures_;
  OrderStore& orders_;
};

}  // namespace bitrade::identity
