// Where a counsel's compensation is paid to (Swedish: utbetalningskonto): the formats of bankgiro,
// plusgiro and bank accounts, and how much of a number is shown.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/common/error/error.h"

namespace bitrade::registry {

// Names as stored: BANKGIRO, PLUSGIRO, BANK_ACCOUNT.
enum class PayoutKind { kBankgiro, kPlusgiro, kBankAccount };
absl::string_view PayoutKindName(PayoutKind kind);
// Precondition: `name` is one that PayoutKindName gives.
PayoutKind ParsePayoutKind(absl::string_view name);

struct PayoutAccount {
  PayoutKind kind = PayoutKind::kBankgiro;
  std::string clearing_number;  // of a bank account, empty otherwise
  std::string number;           // digits alone
};

extern const Reason kPayoutNumberDoubtful;

// Returns `text` without the spaces and hyphens with which such numbers are written.
std::string WithoutSeparators(absl::string_view text);

// How often the counsel has said that a number is right.
enum class Assurance { kOnce, kTwice };

// Checks an account that a counsel names. A check digit that does not fit is a fault, but for the
// kinds of bank account of which some old numbers break the rule: those are taken on her word,
// given twice.
//
// Errors: INVALID_REQUEST with all faults, PAYOUT_NUMBER_DOUBTFUL.
absl::Status CheckPayoutAccount(const PayoutAccount& account, Assurance assurance);

// Tells whether the number's check digit does not fit. Precondition: the account has no faults.
bool IsDoubtful(const PayoutAccount& account);

// Returns whose clearing number it is; empty for bankgiro and plusgiro.
std::string BankOf(const PayoutAccount& account);

// Returns the number with "*" for all but the last four digits, or for half of them at least.
std::string MaskedNumber(const PayoutAccount& account);

// Returns the whole account in Swedish, as people write it, in one or three lines.
std::string WrittenOut(const PayoutAccount& account);

}  // namespace bitrade::registry
