// What BankID's status and hint of an order mean for the log-in or the signature that it is for.
// BankID introduces new hints without notice, so an unknown one is never an error.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/identity/domain/bankid_messages.h"
#include "services/identity/domain/login.h"
#include "services/identity/domain/signature.h"

namespace bitrade::identity {

enum class OrderState { kPending, kComplete, kFailed };

// How far an order is, in our words.
struct OrderProgress {
  OrderState state = OrderState::kPending;
  std::string hint;       // "OUTSTANDING_TRANSACTION"; an unknown one as it came; "" when complete
  BankIdMessage message;  // empty when complete
  std::string reason;     // "BANKID_USER_CANCELLED"; set when FAILED alone
};

// Reads `status` ("pending", "failed", "complete") and `hint` ("userSign") of a collect answer for
// an order that was started so. A status that BankID does not have today counts as pending.
OrderProgress InterpretOrder(absl::string_view status, absl::string_view hint, Method method,
                             Start start);

// After how many calls in a row without an answer the person is told of a technical error.
constexpr int kSilentFailures = 3;

// Returns how far an order is that BankID has not answered for, `failures` times in a row: where it
// was; from kSilentFailures on the message is that of a technical error (RFA5).
OrderProgress Unanswered(OrderProgress was, int failures);

// Tells whether BankID's risk of a completed order ("low", "moderate", "high"; "" for unknown)
// forbids to act on it.
bool IsHighRisk(absl::string_view risk);

// Carries `progress`, which is not complete, into a log-in: its hint, its message, and its end when
// the order has failed.
//
// Errors: LOGIN_NOT_PENDING.
absl::StatusOr<Login> Advance(Login login, const OrderProgress& progress);

// The same for a signature at `now`. Errors: SIGNATURE_NOT_PENDING.
absl::StatusOr<Signature> Advance(Signature signature, const OrderProgress& progress,
                                  absl::Time now);

// Returns what the person reads of a log-in; empty for a completed one that waits for nothing.
BankIdMessage MessageOf(const Login& login);

// Returns what the person reads of a signature; empty for a completed one.
BankIdMessage MessageOf(const Signature& signature);

// Tells whether the animated QR code is to be shown: for another device, while no app has the
// order. `hint` is a pending order's.
bool ShowsQr(Start start, absl::string_view hint);

// Tells whether the app is to be opened by a link: on the same device, while it has not the order.
bool ShowsLink(Start start, absl::string_view hint);

}  // namespace bitrade::identity
