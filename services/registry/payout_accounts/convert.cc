#include "services/registry/payout_accounts/convert.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/error.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::registry {
namespace {

std::optional<PayoutKind> FromProto(v1::PayoutKind kind) {
  switch (kind) {
    case v1::BANKGIRO:
      return PayoutKind::kBankgiro;
    case v1::PLUSGIRO:
      return PayoutKind::kPlusgiro;
    case v1::BANK_ACCOUNT:
      return PayoutKind::kBankAccount;
    default:
      return std::nullopt;
  }
}

v1::PayoutKind ToProto(PayoutKind kind) {
  switch (kind) {
    case PayoutKind::kBankgiro:
      return v1::BANKGIRO;
    case PayoutKind::kPlusgiro:
      return v1::PLUSGIRO;
    case PayoutKind::kBankAccount:
      return v1::BANK_ACCOUNT;
  }
  return v1::PAYOUT_KIND_UNSPECIFIED;
}

// What change and account say alike.
template <typename Message>
void Describe(const PayoutChange& change, Message& out) {
  const PayoutAccount& account = change.account;
  out.set_kind(ToProto(account.kind));
  out.set_bank(BankOf(account));
  out.set_masked_number(MaskedNumber(account));
  out.set_doubtful(IsDoubtful(account));
  if (change.filing) rpc::SetTime(change.filing->valid_from, *out.mutable_valid_from_time());
}

}  // namespace

absl::StatusOr<PayoutAccount> FromProto(const v1::CreatePayoutAccountChangeRequest& request) {
  const std::optional<PayoutKind> kind = FromProto(request.kind());
  if (!kind) {
    Violations violations;
    violations.Add("kind", "REQUIRED", "BANKGIRO, PLUSGIRO or BANK_ACCOUNT");
    return violations.ToStatus();
  }
  PayoutAccount account{.kind = *kind,
                        .clearing_number = WithoutSeparators(request.clearing_number()),
                        .number = WithoutSeparators(request.number())};
  RETURN_IF_ERROR(CheckPayoutAccount(
      account, request.number_confirmed() ? Assurance::kTwice : Assurance::kOnce));
  return account;
}

v1::PayoutAccountChange ToProto(const PayoutChange& change) {
  v1::PayoutAccountChange out;
  out.set_id(change.id.text());
  Describe(change, out);
  out.set_state(change.filing ? v1::PayoutAccountChange::FILED : v1::PayoutAccountChange::DRAFT);
  rpc::SetTime(change.create_time, *out.mutable_create_time());
  rpc::SetTime(change.update_time, *out.mutable_update_time());
  for (std::string& name : PayoutTransitions(change)) out.add_transitions(std::move(name));
  out.set_etag(absl::StrCat(change.version));
  return out;
}

v1::PayoutAccount AccountOf(const PayoutChange& current) {
  v1::PayoutAccount out;
  Describe(current, out);
  out.set_change_id(current.id.text());
  out.set_etag(absl::StrCat(current.filing->account_version));
  return out;
}

std::map<std::string, std::string> EventData(const PayoutStanding& standing) {
  return {{"valid_from_us", absl::StrCat(absl::ToUnixMicros(standing.valid_from))}};
}

}  // namespace bitrade::registry
