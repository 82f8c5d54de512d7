// Keeps legal holds. Reasons go in sealed and never come out here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/common/access/reach.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/retention/domain/legal_hold.h"

namespace bitrade::retention {

using access::Reach;

class HoldStore {
 public:
  explicit HoldStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Stores a new hold; false where its appointment is unknown or in a matter out of `reach`.
  bool Place(postgres::Transaction& tx, const LegalHold& hold, const std::string& reason,
             const Reach& reach);

  // Returns a hold and locks it; nullopt for one out of `reach` as well.
  std::optional<LegalHold> Lock(postgres::Transaction& tx, const LegalHoldId& id,
                                const Reach& reach);

  // Stores who prepares a release, and why. Precondition: the hold is locked.
  void Prepare(postgres::Transaction& tx, const LegalHold& hold, const std::string& reason);

  // Stores a release. Precondition: the hold is locked.
  void Release(postgres::Transaction& tx, const LegalHold& hold);

  // Returns the holds on an appointment, the oldest first; none on one out of `reach`.
  std::vector<LegalHold> Of(postgres::Transaction& tx, const AppointmentId& appointment,
                            const Reach& reach);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::retention
