// Ends sessions and lets them go on: what was ended gets no other ticket, whatever the gateway
// believes.
#pragma once

#include <string>

#include "bitrade/identity/v1/session_service.grpc.pb.h"
#include "services/common/crypto/ed25519.h"
#include "services/common/rpc/rpc.h"
#include "services/common/rpc/tickets.h"
#include "services/identity/tickets/store.h"

namespace bitrade::identity {

class SessionService final : public v1::SessionService::CallbackService {
 public:
  SessionService(rpc::Rpc& rpc, rpc::TicketVerifier& verifier, const crypto::Signer& signer,
                 RevocationStore& store)
      : rpc_(rpc), verifier_(verifier), signer_(signer), store_(store) {}

  grpc::ServerUnaryReactor* RotateSession(grpc::CallbackServerContext* context,
                                          const v1::RotateSessionRequest* request,
                                          v1::RotateSessionResponse* response) override;
  grpc::ServerUnaryReactor* EndSession(grpc::CallbackServerContext* context,
                                       const v1::EndSessionRequest* request,
                                       v1::EndSessionResponse* response) override;
  grpc::ServerUnaryReactor* RevokeSessions(grpc::CallbackServerContext* context,
                                           const v1::RevokeSessionsRequest* request,
                                           v1::RevokeSessionsResponse* response) override;

 private:
  absl::StatusOr<v1::RotateSessionResponse> Rotated(rpc::Changing& changing,
                                                    const v1::RotateSessionRequest& request);
  absl::StatusOr<v1::EndSessionResponse> Ended(rpc::Changing& changing,
                                               const v1::EndSessionRequest& request);
  absl::StatusOr<v1::RevokeSessionsResponse> Revoked(rpc::Changing& changing,
                                                     const v1::RevokeSessionsRequest& request);
  absl::StatusOr<Ticket> Held(rpc::Changing& changing, const std::string& ticket);

  rpc::Rpc& rpc_;
  rpc::TicketVerifier& verifier_;
  const crypto::Signer& signer_;
  RevocationStore& store_;
};

// For support staff.
class SessionDeskService final : public v1::SessionDeskService::CallbackService {
 public:
  SessionDeskService(rpc::Rpc& rpc, RevocationStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* EndPersonSessions(grpc::CallbackServerContext* context,
                                              const v1::EndPersonSessionsRequest* request,
                                              v1::EndPersonSessionsResponse* response) override;

 private:
  absl::StatusOr<v1::EndPersonSessionsResponse> Ended(rpc::Changing& changing,
                                                      const v1::EndPersonSessionsRequest& request);

  rpc::Rpc& rpc_;
  RevocationStore& store_;
};

}  // namespace bitrade::identity
