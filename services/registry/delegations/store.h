// Keeps delegations. A delegate's name is sealed; whoever reads is on one side of what is read, in
// the statement itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/registry/domain/delegation.h"

namespace bitrade::registry {

// A delegation with the name of the counsel who gives it.
struct NamedDelegation {
  Delegation delegation;
  std::string principal_name;
};

struct DelegationPage {
  std::vector<NamedDelegation> delegations;
  int64_t total = 0;
};

// Which rows of a list.
struct DelegationRows {
  int32_t limit = 20;
  int32_t offset = 0;
};

// What a delegate undertakes.
struct DelegationTerms {
  int version = 0;
  std::string text_swedish;
  std::string text_english;
};

class DelegationStore {
 public:
  explicit DelegationStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Locks a counsel of the register, so that delegations are counted one after the other; false for
  // a person who is none.
  bool LockPrincipal(postgres::Transaction& tx, const CounselId& principal);

  // Returns how many persons other than `delegate` have a delegation of the counsel that is open at
  // `now`: neither revoked nor expired nor lapsed. Precondition: the counsel is locked.
  int OtherDelegates(postgres::Transaction& tx, const CounselId& principal,
                     const PersonId& delegate, absl::Time now);

  // Stores a new draft.
  void Insert(postgres::Transaction& tx, const Delegation& delegation);

  // Returns a delegation on one side of which `person` stands; the invited side sees no draft.
  // Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<NamedDelegation>> Find(postgres::Transaction& tx,
                                                      const PersonId& person,
                                                      const DelegationId& id);

  // The same, and locks it.
  absl::StatusOr<std::optional<NamedDelegation>> Lock(postgres::Transaction& tx,
                                                      const PersonId& person,
                                                      const DelegationId& id);

  // Returns a page of them, the newest first. Errors: SEAL_BROKEN.
  absl::StatusOr<DelegationPage> List(postgres::Transaction& tx, const PersonId& person,
                                      DelegationRows rows);

  // Stores state, signing, acceptance, version and times. Precondition: locked.
  void Update(postgres::Transaction& tx, const Delegation& delegation);

  // Returns the terms that are to be accepted on `day`.
  DelegationTerms TermsOn(postgres::Transaction& tx, absl::CivilDay day);

 private:
  absl::StatusOr<NamedDelegation> ReadRow(const pqxx::row& row);

  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::registry
