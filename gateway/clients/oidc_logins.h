// What the gateway asks identity of log-ins and confirmations at an OpenID provider.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "bitrade/identity/v1/confirmation_service.grpc.pb.h"
#include "bitrade/identity/v1/oidc_login_service.grpc.pb.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::gateway {

// Identity asks the provider for tokens and for the name, and for its keys where they have changed.
inline constexpr rpc::NeighbourLimits kOidcLimits{.deadline = std::chrono::milliseconds(12000)};

// Thread-safe. `done` is called once, from any thread.
class OidcLoginClient {
 public:
  template <typename Response>
  using Done = std::function<void(absl::StatusOr<Response>)>;

  // `provider` is identity with kOidcLimits; it must outlive this.
  explicit OidcLoginClient(rpc::Neighbour& provider);

  void Start(const rpc::Outgoing& outgoing, identity::v1::StartOidcLoginRequest request,
             Done<identity::v1::Login> done);
  void Return(const rpc::Outgoing& outgoing, identity::v1::ReturnOidcLoginRequest request,
              Done<identity::v1::Login> done);
  // `ticket` is the person's who confirms.
  void BeginConfirmation(const rpc::Outgoing& outgoing, const std::string& ticket,
                         identity::v1::BeginConfirmationRequest request,
                         Done<identity::v1::BeginConfirmationResponse> done);
  void ReturnConfirmation(const rpc::Outgoing& outgoing,
                          identity::v1::ReturnConfirmationRequest request,
                          Done<identity::v1::Signature> done);
  void BeginLogout(const rpc::Outgoing& outgoing, identity::v1::BeginOidcLogoutRequest request,
                   Done<identity::v1::BeginOidcLogoutResponse> done);
  void EndSessions(const rpc::Outgoing& outgoing, identity::v1::EndOidcSessionsRequest request,
                   Done<identity::v1::EndOidcSessionsResponse> done);

 private:
  rpc::Neighbour& provider_;
  std::unique_ptr<identity::v1::OidcLoginService::Stub> stub_;
  std::unique_ptr<identity::v1::ConfirmationService::Stub> confirmations_;
};

}  // namespace bitrade::gateway
