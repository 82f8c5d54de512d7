// Keeps the orders at BankID that somebody must go on asking for, with all that another replica
// needs to do it, and the proof of those that were completed.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/domain/bankid_order.h"
#include "services/identity/domain/bankid_qr.h"
#include "services/identity/domain/login.h"
#include "services/identity/domain/signature.h"

namespace bitrade::identity {

// What an order is for: a log-in or a signature, whose id it bears.
class OrderSubject {
 public:
  OrderSubject(const LoginId& login) : id_(login.text()) {}  // NOLINT: an id of either says which
  OrderSubject(const SignatureId& signature)                 // NOLINT
      : id_(signature.text()), is_signature_(true) {}

  const std::string& id() const { return id_; }
  bool is_signature() const { return is_signature_; }

 private:
  std::string id_;
  bool is_signature_ = false;
};

// What BankID gave for an order. Nothing of it leaves the service but codes made of `qr`, and the
// token in a link on the same device.
struct BankIdOrder {
  std::string order_ref;
  std::string auto_start_token;
  QrSecrets qr;
  absl::Time receive_time;  // second 0 of the QR code
};

// What is next with an order: BankID does not know it yet, is asked how far it is, or to end it.
enum class OrderStep { kBegin, kCollect, kCancel };

// An order that one replica has taken to ask BankID about, and what it is for as it was then.
struct TakenOrder {
  OrderSubject subject;
  OrderStep step = OrderStep::kCollect;
  Method method;
  Start start;
  OrderProgress progress;  // as it was told last
  absl::Time create_time;  // of what it is for
  // "" before it is begun; SEAL_BROKEN when our key does not open it.
  absl::StatusOr<std::string> order_ref;
  int64_t lease = 0;  // which taking this is
  int failures = 0;   // calls without an answer in a row
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
std::string SealOrder(const BankIdOrder& order, const OrderSubject& subject,
                      const crypto::Keyring& keyring);
absl::StatusOr<BankIdOrder> OpenOrder(absl::string_view sealed, const OrderSubject& subject,
                                      const crypto::Keyring& keyring);

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
