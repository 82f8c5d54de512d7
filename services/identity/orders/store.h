// Keeps the orders at BankID that somebody must go on asking for, with all that another replica
// needs to do it, and the proof of those that were completed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/domain/bankid_qr.h"
#include "services/identity/domain/login.h"

namespace bitrade::identity {

// What BankID gave for an order. Nothing of it leaves the service but codes made of `qr`.
struct BankIdOrder {
  std::string order_ref;
  std::string auto_start_token;
  QrSecrets qr;
  absl::Time receive_time;  // second 0 of the QR code
};

// An order that one replica has taken to ask BankID about, with its log-in as it was then.
struct TakenOrder {
  Login login;
  absl::StatusOr<std::string> order_ref;  // SEAL_BROKEN when our key does not open it
  int64_t lease = 0;                      // which taking this is
  int failures = 0;                       // calls without an answer in a row
  absl::Time take_time;
};

// When an order is asked about next, and how often in a row there was no answer.
struct NextCall {
  absl::Time due;
  int failures = 0;
};

// What BankID vouches with, as it came.
struct Evidence {
  std::string signature;
  std::string ocsp_response;
  std::string risk;
};

// The order's secrets as they are stored, and back. Errors: SEAL_BROKEN.
std::string SealOrder(const BankIdOrder& order, const LoginId& login,
                      const crypto::Keyring& keyring);
absl::StatusOr<BankIdOrder> OpenOrder(absl::string_view sealed, const LoginId& login,
                                      const crypto::Keyring& keyring);

class OrderStore {
 public:
  // `keyring` must outlive the store.
  explicit OrderStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Enters the order of a log-in, to be asked about at `due`.
  void Insert(postgres::Transaction& tx, const LoginId& login, const BankIdOrder& order,
              absl::Time due);

  // Takes at most `most` orders that are due at `now`, for nobody else until `lease_end`. Orders
  // that another transaction is taking are passed over.
  std::vector<TakenOrder> TakeDue(postgres::Transaction& tx, absl::Time now, absl::Time lease_end,
                                  int most);

  // Gives a taken order back and stores hint and message of `login`. Does nothing when another has
  // taken the order since, or the log-in has ended.
  void GiveBack(postgres::Transaction& tx, const TakenOrder& taken, const Login& login,
                const NextCall& next);

  // Gives the order of an ended log-in back, whoever has taken it.
  void AskNext(postgres::Transaction& tx, const LoginId& login, const NextCall& next);

  // Forgets an order that is over, with its secrets.
  void Delete(postgres::Transaction& tx, const LoginId& login);

  // Keeps the proof of a completed log-in, sealed.
  void KeepEvidence(postgres::Transaction& tx, const LoginId& login, const Evidence& evidence);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::identity
