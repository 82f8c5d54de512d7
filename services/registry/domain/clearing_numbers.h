// Swedish bank accounts by their clearing numbers: whose a number is, how long the account's number
// is, and how its check digit is made.
//
// Source: Bankgirot's list of clearing numbers and account types, 2024-02-22.
#pragma once

#include <cstddef>

#include "absl/strings/string_view.h"

namespace bitrade::registry {

// How the check digit is made, as Bankgirot numbers the types.
enum class AccountType {
  k11,  // 1:1, mod 11 over the last three digits of the clearing number and the account
  k12,  // 1:2, mod 11 over the clearing number and the account
  k21,  // 2:1, mod 10 over the account
  k22,  // 2:2, mod 11 over the account
  k23,  // 2:3, mod 10 over the account; some old numbers do not fit
};

// The clearing numbers from `first` to `last` and their accounts.
struct ClearingRange {
  int first, last;  // of the first four digits
  const char* bank;
  AccountType type;
  size_t fewest_digits, most_digits;  // of the account
};

// Returns the range of a clearing number: four digits, or five from 8000 to 8999, where the fifth
// is the check digit of the four. nullptr for what is none.
const ClearingRange* FindClearing(absl::string_view clearing_number);

// Tells whether the check digit of `account` fits. Precondition: both are digits, the account as
// many as the range of the clearing number says.
bool FitsClearing(absl::string_view clearing_number, absl::string_view account);

// Tells whether an account of a type with a wrong check digit can exist all the same.
bool MayBreakCheckDigit(AccountType type);

}  // namespace bitrade::registry
