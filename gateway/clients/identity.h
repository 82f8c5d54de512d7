// What the gateway asks identity: log-ins, tickets, and the end of sessions; and tells: refusals.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "bitrade/identity/v1/login_service.grpc.pb.h"
#include "bitrade/identity/v1/refusal_service.grpc.pb.h"
#include "bitrade/identity/v1/session_service.grpc.pb.h"
#include "bitrade/identity/v1/signature_service.grpc.pb.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::gateway {

// What begins at a provider of e-legitimations: identity asks it before it answers, for five
// seconds at most, and says then that it is away.
inline constexpr std::chrono::milliseconds kProviderTime{6000};

// StartLogin has that time, and a breaker of its own, so that a slow provider stops nobody's
// ticket.
inline constexpr rpc::NeighbourLimits kProviderLimits{.deadline = kProviderTime};

// Thread-safe. Every `done` is called once, from a thread of gRPC, or at once when the call is
// refused. The errors are those of the contract, and UNAVAILABLE.
class IdentityClient {
 public:
  template <typename Response>
  using Done = std::function<void(absl::StatusOr<Response>)>;

  // `provider` reaches identity as well, with kProviderLimits.
  IdentityClient(rpc::Neighbour& identity, rpc::Neighbour& provider);

  void StartLogin(const rpc::Outgoing& outgoing, identity::v1::StartLoginRequest request,
                  Done<identity::v1::Login> done);
  void GetLogin(const rpc::Outgoing& outgoing, identity::v1::GetLoginRequest request,
                Done<identity::v1::Login> done);
  void CancelLogin(const rpc::Outgoing& outgoing, identity::v1::CancelLoginRequest request,
                   Done<identity::v1::Login> done);
  void ReturnLogin(const rpc::Outgoing& outgoing, identity::v1::ReturnLoginRequest request,
                   Done<identity::v1::Login> done);
  void TakeUpLogin(const rpc::Outgoing& outgoing, identity::v1::TakeUpLoginRequest request,
                   Done<identity::v1::TakeUpLoginResponse> done);
  void ReturnSignature(const rpc::Outgoing& outgoing, identity::v1::ReturnSignatureRequest request,
                       Done<identity::v1::ReturnSignatureResponse> done);
  void RenewTicket(const rpc::Outgoing& outgoing, identity::v1::RenewTicketRequest request,
                   Done<identity::v1::RenewTicketResponse> done);
  void RotateSession(const rpc::Outgoing& outgoing, identity::v1::RotateSessionRequest request,
                     Done<identity::v1::RotateSessionResponse> done);
  void EndSession(const rpc::Outgoing& outgoing, identity::v1::EndSessionRequest request,
                  Done<identity::v1::EndSessionResponse> done);
  void RevokeSessions(const rpc::Outgoing& outgoing, identity::v1::RevokeSessionsRequest request,
                      Done<identity::v1::RevokeSessionsResponse> done);

  // Tells what the gateway has refused, and waits for the answer: for a thread in the background.
  absl::Status RecordRefusals(const rpc::Outgoing& outgoing,
                              const identity::v1::RecordRefusalsRequest& request);

 private:
  rpc::Neighbour& identity_;
  rpc::Neighbour& provider_;
  std::unique_ptr<identity::v1::LoginService::Stub> logins_;
  std::unique_ptr<identity::v1::LoginService::Stub> provider_logins_;
  std::unique_ptr<identity::v1::TicketService::Stub> tickets_;
  std::unique_ptr<identity::v1::SessionService::Stub> sessions_;
  std::unique_ptr<identity::v1::SignatureService::Stub> signatures_;
  std::unique_ptr<identity::v1::RefusalService::Stub> refusals_;
};

}  // namespace bitrade::gateway
