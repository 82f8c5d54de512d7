// Keeps the orders at BankID that somebody must go on asking for, with all that another replica
// needs to do it, and the proof of those that were completed.
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/orders/order.h"

namespace bitrade::identity {

class OrderStore {
 public:
  // `keyring` must outlive the store.
  explicit OrderStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Enters an order that BankID has given, to be asked about at `due`.
  void Insert(postgres::Transaction& tx, const OrderSubject& subject, const BankIdOrder& order,
              absl::Time due);

  // Enters the order of a signature that BankID does not know yet, to be begun at `due`.
  void InsertToBegin(postgres::Transaction& tx, const SignatureId& signature, absl::Time due);

  // Takes at most `most` orders that are due at `now`, for nobody else until `lease_end`. Orders
  // that another transaction is taking are passed over.
  std::vector<TakenOrder> TakeDue(postgres::Transaction& tx, absl::Time now, absl::Time lease_end,
                                  int most);

  // Locks a taken order. Returns whether it is still the taker's; false when another has taken it
  // since, or it is over.
  bool IsHeld(postgres::Transaction& tx, const TakenOrder& taken);

  // Stores what BankID gave for a locked order that was to begin.
  void SaveBegun(postgres::Transaction& tx, const TakenOrder& taken, const BankIdOrder& order,
                 absl::Time due);

  // Gives a taken order back and stores hint and message of what it is for. Does nothing when
  // another has taken the order since, or what it is for has ended.
  void GiveBack(postgres::Transaction& tx, const TakenOrder& taken, const OrderProgress& progress,
                const NextCall& next);

  // Gives the order of something that has ended or is to end back, whoever has taken it.
  void AskNext(postgres::Transaction& tx, const OrderSubject& subject, const NextCall& next);

  // Forgets an order that is over, with its secrets.
  void Delete(postgres::Transaction& tx, const OrderSubject& subject);

  // Keeps the proof of something completed, sealed; the first that comes stays.
  void KeepEvidence(postgres::Transaction& tx, const OrderSubject& subject,
                    const Evidence& evidence);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::identity
