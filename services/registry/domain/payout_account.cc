#include "services/registry/domain/payout_account.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/common/base/formats.h"
#include "services/common/base/names.h"
#include "services/common/base/status_macros.h"
#include "services/registry/domain/clearing_numbers.h"

namespace bitrade::registry {
namespace {

constexpr std::array<std::pair<PayoutKind, const char*>, 3> kKinds{
    {{PayoutKind::kBankgiro, "BANKGIRO"},
     {PayoutKind::kPlusgiro, "PLUSGIRO"},
     {PayoutKind::kBankAccount, "BANK_ACCOUNT"}}};

// How many digits a number has.
struct Digits {
  size_t fewest, most;
};
constexpr Digits kBankgiroDigits{7, 8};
constexpr Digits kPlusgiroDigits{2, 8};
constexpr size_t kShownDigits = 4;

bool HasDigits(absl::string_view number, Digits digits) {
  return number.size() >= digits.fewest && number.size() <= digits.most &&
         IsDigits(number, number.size());
}

void AddLengthFault(Digits digits, Violations& faults) {
  faults.Add("number", "MALFORMED",
             digits.fewest == digits.most
                 ? absl::StrCat(digits.most, " digits")
                 : absl::StrCat(digits.fewest, " to ", digits.most, " digits"));
}

void CheckGiro(const PayoutAccount& account, Digits digits, Violations& faults) {
  if (!account.clearing_number.empty()) {
    faults.Add("clearing_number", "UNKNOWN", "none but that of a bank account");
  }
  if (!HasDigits(account.number, digits)) return AddLengthFault(digits, faults);
  if (IsDoubtful(account)) faults.Add("number", "CHECK_DIGIT", "the last is the check digit");
}

void CheckBankAccount(const PayoutAccount& account, Violations& faults) {
  const ClearingRange* const range = FindClearing(account.clearing_number);
  if (range == nullptr) {
    return faults.Add("clearing_number", account.clearing_number.empty() ? "REQUIRED" : "UNKNOWN",
                      "a bank's four digits; from 8000 to 8999 five, the last a check digit");
  }
  const Digits digits{range->fewest_digits, range->most_digits};
  if (!HasDigits(account.number, digits)) return AddLengthFault(digits, faults);
  if (IsDoubtful(account) && !MayBreakCheckDigit(range->type)) {
    faults.Add("number", "CHECK_DIGIT", "the last is the check digit");
  }
}

void CheckNumber(const PayoutAccount& account, Violations& faults) {
  switch (account.kind) {
    case PayoutKind::kBankgiro:
      return CheckGiro(account, kBankgiroDigits, faults);
    case PayoutKind::kPlusgiro:
      return CheckGiro(account, kPlusgiroDigits, faults);
    case PayoutKind::kBankAccount:
      return CheckBankAccount(account, faults);
  }
}

std::string InPairs(absl::string_view number) {
  const absl::string_view front = number.substr(0, number.size() - 1);
  std::string out;
  for (size_t at = 0; at < front.size(); ++at) {
    if (at > 0 && (front.size() - at) % 2 == 0) out += ' ';
    out += front[at];
  }
  return absl::StrCat(out, "-", number.substr(front.size()));
}

}  // namespace

const Reason kPayoutNumberDoubtful{
    "PAYOUT_NUMBER_DOUBTFUL",
    absl::StatusCode::kFailedPrecondition,
    {"Is the number right?",
     "The check digit does not fit. Compare the number with the bank's papers, and confirm it."},
    {"Stämmer numret?",
     "Kontrollsiffran stämmer inte. Jämför numret med bankens papper och bekräfta det."}};

absl::string_view PayoutKindName(PayoutKind kind) { return NameIn(kKinds, kind); }
PayoutKind ParsePayoutKind(absl::string_view name) { return ValueIn(kKinds, name); }

std::string WithoutSeparators(absl::string_view text) {
  return absl::StrReplaceAll(text, {{" ", ""}, {"-", ""}});
}

absl::Status CheckPayoutAccount(const PayoutAccount& account, Assurance assurance) {
  Violations faults;
  CheckNumber(account, faults);
  RETURN_IF_ERROR(faults.ToStatus());
  const bool taken = assurance == Assurance::kTwice || !IsDoubtful(account);
  return taken ? absl::OkStatus() : Refuse(kPayoutNumberDoubtful);
}

bool IsDoubtful(const PayoutAccount& account) {
  return account.kind == PayoutKind::kBankAccount
             ? !FitsClearing(account.clearing_number, account.number)
             : !HasLuhnDigit(account.number);
}

std::string BankOf(const PayoutAccount& account) {
  const ClearingRange* const range = FindClearing(account.clearing_number);
  return range == nullptr ? "" : range->bank;
}

std::string MaskedNumber(const PayoutAccount& account) {
  const size_t size = account.number.size();
  const size_t shown = std::min(kShownDigits, size / 2);
  return absl::StrCat(std::string(size - shown, '*'), account.number.substr(size - shown));
}

std::string WrittenOut(const PayoutAccount& account) {
  const std::string& number = account.number;
  switch (account.kind) {
    case PayoutKind::kBankgiro:
      return absl::StrCat("Bankgiro ", number.substr(0, number.size() - 4), "-",
                          number.substr(number.size() - 4));
    case PayoutKind::kPlusgiro:
      return absl::StrCat("Plusgiro ", InPairs(number));
    case PayoutKind::kBankAccount:
      return absl::StrCat("Bankkonto i ", BankOf(account), "\nClearingnummer ",
                          account.clearing_number, "\nKontonummer ", number);
  }
  return "";
}

}  // namespace bitrade::registry
