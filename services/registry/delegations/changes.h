// What counsel and delegates do to delegations.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "bitrade/registry/v1/delegation_service.pb.h"
#include "google/protobuf/empty.pb.h"
#include "services/common/rpc/use_case.h"
#include "services/common/signing/request.h"
#include "services/registry/delegations/convert.h"
#include "services/registry/delegations/signing.h"
#include "services/registry/delegations/store.h"

namespace bitrade::registry {

// What gives a draft in: the signature that identity knows of, or none, and what may do without.
struct FilingFacts {
  std::optional<signing::Fact> signature;
  Confirmation confirmation = Confirmation::kRefused;
};

// The changes of one call, in its transaction. Errors are those that the RPCs' contract names.
class DelegationChanges {
 public:
  DelegationChanges(rpc::Changing& changing, DelegationStore& store);

  // Checks what can be checked before anybody is asked who the delegate is. Errors:
  // PERMISSION_DENIED for whoever is no counsel, those of FromProto.
  absl::Status CheckWanted(const v1::CreateDelegationRequest& request);
  // `delegate` is whom identity named.
  absl::StatusOr<v1::Delegation> Create(const v1::CreateDelegationRequest& request,
                                        const PersonId& delegate);
  // Freezes the version that is to be signed.
  absl::StatusOr<signing::MadeRequest> RequestSignature(
      const v1::CreateDelegationSignatureRequestRequest& request);
  absl::StatusOr<v1::Delegation> File(const v1::FileDelegationRequest& request,
                                      const FilingFacts& facts);
  absl::StatusOr<v1::Delegation> Accept(const v1::AcceptDelegationRequest& request);
  absl::StatusOr<google::protobuf::Empty> Revoke(const v1::RevokeDelegationRequest& request);

 private:
  absl::StatusOr<v1::Delegation> Draft(const v1::CreateDelegationRequest& request,
                                       const PersonId& delegate);
  absl::StatusOr<v1::Delegation> FileLocked(NamedDelegation named, const std::string& etag,
                                            const FilingFacts& facts);
  // Returns a delegation on one of the caller's sides, locked. Errors: NOT_FOUND.
  absl::StatusOr<NamedDelegation> LockSeen(const std::string& id);
  // The same of the side that may do this; the other does not know of such a thing.
  absl::StatusOr<NamedDelegation> LockAs(Side side, const std::string& id);
  // Stores a change and tells other services.
  v1::Delegation Keep(const NamedDelegation& named, const std::string& kind);

  rpc::Changing& changing_;
  DelegationStore& store_;
  const PersonId person_;
};

}  // namespace bitrade::registry
