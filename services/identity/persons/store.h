// Keeps persons and their identity numbers, which no other service has.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/base/person_number.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/domain/login.h"

namespace bitrade::identity {

class PersonStore {
 public:
  // `keyring` must outlive the store.
  explicit PersonStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Returns the person with `number`; at first sight enters it under the id `fresh`. One number has
  // one person, however many transactions meet it at once and whichever of our keys they know.
  PersonId Ensure(postgres::Transaction& tx, const PersonNumber& number, const PersonId& fresh,
                  absl::Time now);

  // Returns the identity number of a person, twelve digits; nullopt for one that there is not.
  // Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<std::string>> NumberOf(postgres::Transaction& tx,
                                                      const PersonId& person);

 private:
  using Hashes = std::vector<crypto::KeyedHash>;

  std::optional<PersonId> Find(postgres::Transaction& tx, const Hashes& hashes);
  void AddHashes(postgres::Transaction& tx, const Hashes& hashes, const PersonId& person);

  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::identity
