// What BankID's refusals mean for us. `error_code` in the metadata is BankID's word, or the HTTP
// status when it gave none.
#pragma once

#include "absl/status/status.h"
#include "services/common/error/error.h"
#include "services/identity/bankid/poster.h"

namespace bitrade::identity {

// The person has another order in progress: alreadyInProgress.
extern const Reason kBankIdAlreadyInProgress;
// An order that BankID does not know, has told the end of, or that is not ours.
extern const Reason kBankIdOrderGone;
// BankID is down, slow or did not answer. Collect may be repeated, auth must not.
extern const Reason kBankIdUnavailable;
// BankID refuses to begin an order with a word that we do not know yet: the person is told (RFA22).
extern const Reason kBankIdRefused;
// Something is wrong between BankID and us (a request of ours, the certificate, an unreadable
// answer). Repeating does not help; it wants an operator.
extern const Reason kBankIdFault;

// Which call was answered: an unknown order is no fault of ours, an unknown parameter is.
// kAuth begins an order, by /auth or /sign.
enum class BankIdCall { kAuth, kCollect, kCancel };

// Returns the refusal that an answer other than 200 is. New error codes are taken by their HTTP
// status.
absl::Status RefusalOf(BankIdCall call, const HttpReply& reply);

// Returns the refusal that a call without an answer is.
absl::Status RefusalOf(const absl::Status& transport);

}  // namespace bitrade::identity
