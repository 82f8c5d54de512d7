// What BankID's status and hint of an order mean for a log-in. BankID introduces new hints without
// notice, so an unknown one is never an error.
#pragma once

#include <string>

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

// Tells whether the animated QR code is to be shown: for another device, while no app has the
// order.
bool ShowsQr(Start start, const OrderProgress& progress);

}  // namespace bitrade::identity
