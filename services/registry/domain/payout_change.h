// A counsel changes where compensation is paid to: a draft has no effect, and her BankID signature
// of it makes it the account, from then on. Money follows it, so that nothing less will do: no
// confirmation, no running session, no delegate.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"
#include "services/registry/domain/counsel.h"
#include "services/registry/domain/payout_account.h"

namespace bitrade::registry {

using PayoutChangeId = Id<struct PayoutChangeTag>;
using SignatureId = Id<struct SignatureTag>;

// What made a draft the account.
struct PayoutFiling {
  SignatureId signature;
  absl::Time sign_time;
  absl::Time valid_from;        // since when the account is paid to
  int64_t account_version = 0;  // counts the counsel's accounts, from 1; the store gives it
};

struct PayoutChange {
  PayoutChangeId id;
  CounselId counsel;
  PayoutAccount account;
  std::optional<PayoutFiling> filing;  // unset in a draft
  int64_t version = 1;                 // the etag
  absl::Time create_time;
  absl::Time update_time;
};

extern const Reason kPayoutChangeOpen;
extern const Reason kPayoutChangeNotDraft;
extern const Reason kPayoutNeedsBankid;

// Errors: PAYOUT_CHANGE_NOT_DRAFT for a change that has been filed.
absl::Status CheckPayoutDraft(const PayoutChange& change);

// Gives a signed draft in: what `signature`, given at `sign_time`, is of is paid to from `now` on.
//
// Errors: PAYOUT_CHANGE_NOT_DRAFT.
absl::Status FilePayoutChange(PayoutChange& change, const SignatureId& signature,
                              absl::Time sign_time, absl::Time now);

// Returns the names of the RPCs by which the counsel can change it now.
std::vector<std::string> PayoutTransitions(const PayoutChange& change);

// Returns the canonical form of a draft in its version: UTF-8 lines "name<TAB>value", always in the
// same order, with the whole number. The same draft gives the same bytes.
std::string PayoutManifest(const PayoutChange& draft);

// Returns in Swedish which account is paid to from now on, with the whole number, and the digest of
// the manifest that is signed with it: plain text, at most 2 000 bytes.
std::string PayoutVisibleText(const PayoutChange& draft, absl::string_view counsel_name,
                              absl::string_view manifest_sha256);

}  // namespace bitrade::registry
