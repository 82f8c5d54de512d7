// An order at BankID: what it is for, what BankID gave for it, and how it stands when it is taken.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/crypto/keyring.h"
#include "services/identity/domain/bankid_order.h"
#include "services/identity/domain/bankid_qr.h"
#include "services/identity/domain/login.h"
#include "services/identity/domain/signature.h"

namespace bitrade::identity {

// What an order is for: a log-in or a signature, whose id it bears.
class OrderSubject {
 public:
  // An id of either kind says which it is.
  OrderSubject(const LoginId& login)  // NOLINT(google-explicit-constructor): see above
      : id_(login.text()) {}
  OrderSubject(const SignatureId& signature)  // NOLINT(google-explicit-constructor): see above
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

}  // namespace bitrade::identity
