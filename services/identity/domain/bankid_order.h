// What BankID's status and hint of an order mean for a log-in. BankID introduces new hints without
// notice, so an unknown one is never an error.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/identity/domain/bankid_messages.h"
#include "services/identity/domain/login.h"

namespace bitrade::identity {

// How far an order is, in a log-in's words.
struct OrderProgress {
  LoginState state = LoginState::kPending;
  std::string hint;       // "OUTSTANDING_TRANSACTION"; an unknown one as it came; "" when complete
  BankIdMessage message;  // empty when complete
  std::string reason;     // "BANKID_USER_CANCELLED"; set when FAILED alone
};

// Reads `status` ("pending", "failed", "complete") and `hint` ("userSign") of a collect answer for
// a log-in that was started so. A status that BankID does not have today counts as pending.
OrderProgress InterpretOrder(absl::string_view status, absl::string_view hint, Method method,
                             Start start);

// After how many calls in a row without an answer the person is told of a technical error.
constexpr int kSilentFailures = 3;

// Returns how far an order is that BankID has not answered for, `failures` times in a row: where it
// was; from kSilentFailures on the message is that of a technical error (RFA5).
OrderProgress Unanswered(const Login& login, int failures);

// Tells whether BankID's risk of a completed order ("low", "moderate", "high"; "" for unknown)
// forbids to let the person in.
bool IsHighRisk(absl::string_view risk);

// Carries `progress`, which is not complete, into a log-in: its hint, its message, and its end when
// the order has failed.
//
// Errors: LOGIN_NOT_PENDING.
absl::StatusOr<Login> Advance(Login login, const OrderProgress& progress);

// Returns what the person reads of a log-in; empty for a completed one.
BankIdMessage MessageOf(const Login& login);

// Tells whether the animated QR code is to be shown: for another device, while no app has the
// order.
bool ShowsQr(Start start, const OrderProgress& progress);

}  // namespace bitrade::identity
