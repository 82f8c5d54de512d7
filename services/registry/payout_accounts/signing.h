// Turns a draft into what its counsel signs, and tells whether a signature is of that.
#pragma once

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/signing/signature.h"
#include "services/registry/payout_accounts/store.h"

namespace bitrade::registry {

// What the signature of a draft is of.
signing::Subject SubjectOf(const PayoutChange& draft);

// Returns what is signed to file `draft`. Errors: PAYOUT_CHANGE_NOT_DRAFT.
absl::StatusOr<signing::ToBeSigned> MakeToBeSigned(const NamedPayoutChange& draft);

// Checks that `signature` is the counsel's BankID signature of just this draft. Nothing stands for
// it: no confirmation, and in no profile the session's word.
//
// Errors: PAYOUT_CHANGE_NOT_DRAFT, SIGNATURE_REQUIRED, PAYOUT_NEEDS_BANKID, those of
// signing::Check.
absl::Status CheckSignature(const PayoutChange& draft,
                            const std::optional<signing::Fact>& signature);

}  // namespace bitrade::registry
