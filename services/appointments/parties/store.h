// Keeps who is both a delegate of some counsel and a party in a matter, found by keyed hashes of
// identity numbers.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"
#include "services/appointments/domain/party.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::appointments {

class PartyStore {
 public:
  explicit PartyStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Takes note of a delegate, who is to be compared.
  void Expect(postgres::Transaction& tx, const PersonId& person);

  // Returns delegates of whom there is no hash under the newest key, at most a hundred.
  std::vector<PersonId> Unknown(postgres::Transaction& tx);

  // Keeps the hashes of a delegate's identity number, 12 digits. From then on every matter that is
  // registered is compared with it, and none is being registered meanwhile.
  void Learn(postgres::Transaction& tx, const PersonId& person, absl::string_view number);

  // Before identifiers of applicants are stored: no delegate is learnt meanwhile.
  void HoldDelegates(postgres::Transaction& tx);

  // Returns in which matters a delegate is a party and was not yet found to be.
  std::vector<MatterId> MattersOf(postgres::Transaction& tx, const PersonId& person);

  // Returns which delegates are parties in a matter and were not yet found to be.
  std::vector<PersonId> PersonsIn(postgres::Transaction& tx, const MatterId& matter);

  // Stores what was found.
  void Insert(postgres::Transaction& tx, const Party& party);

  // Returns who was found in a matter.
  std::vector<Party> In(postgres::Transaction& tx, const MatterId& matter);

  // Returns everything that was found.
  std::vector<Party> All(postgres::Transaction& tx);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::appointments
