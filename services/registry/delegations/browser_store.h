// Keeps in which browsers delegates have logged in, so that their counsel is told of one that is
// new. What stays with a browser is hashed under a key, for each delegation anew.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/registry/domain/delegation.h"

namespace bitrade::registry {

// What a browser is to a delegation: one that was seen before, the first of all, or another.
enum class Familiarity { kKnown, kFirst, kNew };

class BrowserStore {
 public:
  explicit BrowserStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Returns what `browser`, which stays with it over sessions, is to a delegation, and keeps it.
  Familiarity Meet(postgres::Transaction& tx, const DelegationId& delegation,
                   absl::string_view browser, absl::Time now);

  // Forgets those of delegations that have ended at `now`.
  void ForgetEnded(postgres::Transaction& tx, absl::Time now);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::registry
