// What a counsel does to the payout account.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "bitrade/registry/v1/payout_account_service.pb.h"
#include "google/protobuf/empty.pb.h"
#include "services/common/rpc/use_case.h"
#include "services/common/signing/request.h"
#include "services/registry/payout_accounts/store.h"

namespace bitrade::registry {

// The changes of one call, in its transaction. Errors are those that the RPCs' contract names.
class PayoutChanges {
 public:
  PayoutChanges(rpc::Changing& changing, PayoutAccountStore& store);

  absl::StatusOr<v1::PayoutAccountChange> Create(
      const v1::CreatePayoutAccountChangeRequest& request);
  absl::StatusOr<google::protobuf::Empty> Delete(
      const v1::DeletePayoutAccountChangeRequest& request);
  // Freezes the version that is to be signed.
  absl::StatusOr<signing::MadeRequest> RequestSignature(
      const v1::CreatePayoutAccountChangeSignatureRequestRequest& request);
  // `signature` is what identity knows of it.
  absl::StatusOr<v1::PayoutAccountChange> File(const v1::FilePayoutAccountChangeRequest& request,
                                               const std::optional<signing::Fact>& signature);

 private:
  absl::StatusOr<v1::PayoutAccountChange> Draft(
      const v1::CreatePayoutAccountChangeRequest& request);
  absl::StatusOr<v1::PayoutAccountChange> FileLocked(PayoutChange change, const std::string& etag,
                                                     const std::optional<signing::Fact>& signature);
  // Returns a change of the caller's, locked. Errors: NOT_FOUND, INVALID_REQUEST.
  absl::StatusOr<NamedPayoutChange> Lock(const std::string& id);

  rpc::Changing& changing_;
  PayoutAccountStore& store_;
  const CounselId counsel_;
};

}  // namespace bitrade::registry
