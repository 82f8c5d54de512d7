// Renews tickets: here a session ends that was revoked, whatever the gateway believes.
#pragma once

#include "bitrade/identity/v1/login_service.grpc.pb.h"
#include "services/common/crypto/ed25519.h"
#include "services/common/rpc/rpc.h"
#include "services/common/rpc/tickets.h"
#include "services/identity/tickets/store.h"

namespace bitrade::identity {

class TicketService final : public v1::TicketService::CallbackService {
 public:
  TicketService(rpc::Rpc& rpc, rpc::TicketVerifier& verifier, const crypto::Signer& signer,
                RevocationStore& store)
      : rpc_(rpc), verifier_(verifier), signer_(signer), store_(store) {}

  grpc::ServerUnaryReactor* RenewTicket(grpc::CallbackServerContext* context,
                                        const v1::RenewTicketRequest* request,
                                        v1::RenewTicketResponse* response) override;

 private:
  absl::StatusOr<v1::RenewTicketResponse> Renewed(rpc::Reading& reading,
                                                  const v1::RenewTicketRequest& request);

  rpc::Rpc& rpc_;
  rpc::TicketVerifier& verifier_;
  const crypto::Signer& signer_;
  RevocationStore& store_;
};

}  // namespace bitrade::identity
