// The RPCs on delegations, for either side. What changes them is in changes.h.
#pragma once

#include "bitrade/registry/v1/delegation_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/common/signing/client.h"
#include "services/registry/clients/identity.h"
#include "services/registry/delegations/changes.h"

namespace bitrade::registry {

class DelegationService final : public v1::DelegationService::CallbackService {
 public:
  DelegationService(rpc::Rpc& rpc, DelegationStore& store, IdentityClient& identity,
                    signing::Client& signatures, Confirmation confirmation)
      : rpc_(rpc),
        store_(store),
        identity_(identity),
        signatures_(signatures),
        confirmation_(confirmation) {}

  grpc::ServerUnaryReactor* ListDelegations(grpc::CallbackServerContext* context,
                                            const v1::ListDelegationsRequest* request,
                                            v1::ListDelegationsResponse* response) override;
  grpc::ServerUnaryReactor* GetDelegation(grpc::CallbackServerContext* context,
                                          const v1::GetDelegationRequest* request,
                                          v1::Delegation* response) override;
  grpc::ServerUnaryReactor* CreateDelegation(grpc::CallbackServerContext* context,
                                             const v1::CreateDelegationRequest* request,
                                             v1::Delegation* response) override;
  grpc::ServerUnaryReactor* CreateDelegationSignatureRequest(
      grpc::CallbackServerContext* context,
      const v1::CreateDelegationSignatureRequestRequest* request,
      type::v1::SignatureRequest* response) override;
  grpc::ServerUnaryReactor* FileDelegation(grpc::CallbackServerContext* context,
                                           const v1::FileDelegationRequest* request,
                                           v1::Delegation* response) override;
  grpc::ServerUnaryReactor* AcceptDelegation(grpc::CallbackServerContext* context,
                                             const v1::AcceptDelegationRequest* request,
                                             v1::Delegation* response) override;
  grpc::ServerUnaryReactor* RevokeDelegation(grpc::CallbackServerContext* context,
                                             const v1::RevokeDelegationRequest* request,
                                             google::protobuf::Empty* response) override;

 private:
  absl::StatusOr<v1::ListDelegationsResponse> List(rpc::Reading& reading,
                                                   const v1::ListDelegationsRequest& request);
  absl::StatusOr<v1::Delegation> Get(rpc::Reading& reading,
                                     const v1::GetDelegationRequest& request);

  rpc::Rpc& rpc_;
  DelegationStore& store_;
  IdentityClient& identity_;
  signing::Client& signatures_;
  const Confirmation confirmation_;
};

}  // namespace bitrade::registry
