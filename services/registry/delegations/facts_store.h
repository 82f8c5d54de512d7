// What others ask of delegations: access facts, and as whom a person may act. No delegate's name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/common/postgres/transaction.h"
#include "services/registry/domain/delegation.h"

namespace bitrade::registry {

// What others project of a delegation: no personal data.
struct DelegationFacts {
  DelegationId id;
  CounselId principal;
  PersonId delegate;
  std::vector<std::string> scopes;
  absl::Time valid_from;
  absl::Time valid_until;
  DelegationState state = DelegationState::kDraft;  // as stored
  int64_t version = 0;
};
DelegationFacts FactsOf(const Delegation& delegation);

// A counsel for whom a person may act, or who invites the person.
struct DelegateProfile {
  DelegationId delegation;
  CounselId principal;
  std::string principal_name;
  DelegationState state = DelegationState::kActive;  // or kInvited
  std::vector<std::string> scopes;
};

class DelegationFactsStore {
 public:
  // Returns what `person` may act by at `now`, and what invites the person then; by names.
  std::vector<DelegateProfile> ProfilesOf(postgres::Transaction& tx, const PersonId& person,
                                          absl::Time now);

  // Returns the facts of all delegations between two persons, and of all there are.
  std::vector<DelegationFacts> Between(postgres::Transaction& tx, const CounselId& principal,
                                       const PersonId& delegate);
  std::vector<DelegationFacts> All(postgres::Transaction& tx);
};

}  // namespace bitrade::registry
