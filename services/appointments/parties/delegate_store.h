// Keeps of whom it is to be found out whether she is a party in a matter: delegates, for as long as
// a delegation of theirs has not ended, and keyed hashes of their identity numbers.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/appointments/domain/party.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::appointments {

class DelegateStore {
 public:
  explicit DelegateStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Takes note of a delegation, for as long as which the delegate is compared.
  void Expect(postgres::Transaction& tx, const Helping& helping);
  // Takes note that a delegation has ended.
  void Release(postgres::Transaction& tx, const DelegationId& delegation);
  // Takes note that nothing is known of any delegation, until it is told again.
  void ReleaseAll(postgres::Transaction& tx);
  // Forgets the hashes of whoever is nobody's delegate any more.
  void Forget(postgres::Transaction& tx, absl::Time now);

  // Returns delegates of whom there is no hash under the newest key, at most a hundred.
  std::vector<PersonId> Unknown(postgres::Transaction& tx, absl::Time now);

  // Keeps the hashes of a delegate's identity number, 12 digits. From then on every matter that is
  // registered is compared with it, and none is being registered meanwhile.
  void Learn(postgres::Transaction& tx, const PersonId& person, absl::string_view number);

  // Before identifiers of applicants are stored: no delegate is learnt meanwhile.
  void Hold(postgres::Transaction& tx);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::appointments
