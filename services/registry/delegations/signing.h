// Turns a draft into what its counsel signs, and her signature into what invites.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/signing/confirmation.h"
#include "services/common/signing/signature.h"
#include "services/registry/delegations/store.h"

namespace bitrade::registry {

using signing::Confirmation;

// What the signature of a draft is of.
signing::Subject SubjectOf(const Delegation& draft);

// Returns what is signed to invite by `draft` at `now`. Errors: DELEGATION_NOT_DRAFT,
// DELEGATION_ENDED.
absl::StatusOr<signing::ToBeSigned> MakeToBeSigned(const NamedDelegation& draft, absl::Time now);

// Returns how the counsel stands by `draft`: by the signature of just that, or without one by the
// session's own word, where it may stand for a signature. Errors: DELEGATION_NOT_DRAFT,
// DELEGATION_ENDED, SIGNATURE_REQUIRED, those of signing::Check.
absl::StatusOr<Signing> MakeSigning(const Delegation& draft,
                                    const std::optional<signing::Fact>& signature,
                                    Confirmation confirmation, absl::Time now);

}  // namespace bitrade::registry
