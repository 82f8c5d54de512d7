// The RPCs on a counsel's own payout account. What changes it is in changes.h.
#pragma once

#include "bitrade/registry/v1/payout_account_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/common/signing/client.h"
#include "services/registry/payout_accounts/changes.h"

namespace bitrade::registry {

class PayoutAccountService final : public v1::PayoutAccountService::CallbackService {
 public:
  PayoutAccountService(rpc::Rpc& rpc, PayoutAccountStore& store, signing::Client& signatures)
      : rpc_(rpc), store_(store), signatures_(signatures) {}

  grpc::ServerUnaryReactor* GetPayoutAccount(grpc::CallbackServerContext* context,
                                             const v1::GetPayoutAccountRequest* request,
                                             v1::PayoutAccount* response) override;
  grpc::ServerUnaryReactor* ListPayoutAccountChanges(
      grpc::CallbackServerContext* context, const v1::ListPayoutAccountChangesRequest* request,
      v1::ListPayoutAccountChangesResponse* response) override;
  grpc::ServerUnaryReactor* CreatePayoutAccountChange(
      grpc::CallbackServerContext* context, const v1::CreatePayoutAccountChangeRequest* request,
      v1::PayoutAccountChange* response) override;
  grpc::ServerUnaryReactor* GetPayoutAccountChange(grpc::CallbackServerContext* context,
                                                   const v1::GetPayoutAccountChangeRequest* request,
                                                   v1::PayoutAccountChange* response) override;
  grpc::ServerUnaryReactor* DeletePayoutAccountChange(
      grpc::CallbackServerContext* context, const v1::DeletePayoutAccountChangeRequest* request,
      google::protobuf::Empty* response) override;
  grpc::ServerUnaryReactor* CreatePayoutAccountChangeSignatureRequest(
      grpc::CallbackServerContext* context,
      const v1::CreatePayoutAccountChangeSignatureRequestRequest* request,
      type::v1::SignatureRequest* response) override;
  grpc::ServerUnaryReactor* FilePayoutAccountChange(
      grpc::CallbackServerContext* context, const v1::FilePayoutAccountChangeRequest* request,
      v1::PayoutAccountChange* response) override;

 private:
  absl::StatusOr<v1::PayoutAccount> Current(rpc::Reading& reading);
  absl::StatusOr<v1::ListPayoutAccountChangesResponse> List(
      rpc::Reading& reading, const v1::ListPayoutAccountChangesRequest& request);
  absl::StatusOr<v1::PayoutAccountChange> Get(rpc::Reading& reading,
                                              const v1::GetPayoutAccountChangeRequest& request);

  rpc::Rpc& rpc_;
  PayoutAccountStore& store_;
  signing::Client& signatures_;
};

}  // namespace bitrade::registry
