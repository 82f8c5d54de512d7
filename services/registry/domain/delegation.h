// A counsel lets somebody do administrative work in the service for her (Swedish: ombud i
// tjänsten): what can be handed over, for how long, and how a delegation begins and ends. Not
// substitution: the appointment of a counsel is personal.
//
// Source: förvaltningslagen (2017:900) 14 §; rättshjälpslagen (1996:1619) 26 §. See
// docs/legal-sources.md (delegates).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"
#include "services/registry/domain/grant.h"

namespace bitrade::registry {

using DelegationId = Id<struct DelegationTag>;
using SignatureId = Id<struct SignatureTag>;

// How far a delegation is. Names as they are: DRAFT, INVITED, ACTIVE, REVOKED, EXPIRED, LAPSED. The
// last two are never stored: the clock makes them.
enum class DelegationState { kDraft, kInvited, kActive, kRevoked, kExpired, kLapsed };
absl::string_view DelegationStateName(DelegationState state);
// Precondition: `name` is one that DelegationStateName gives.
DelegationState ParseDelegationState(absl::string_view name);

// What the counsel has put under a delegation. A confirmation is the running session's word alone,
// for development.
enum class SigningKind { kSignature, kConfirmation };
absl::string_view SigningKindName(SigningKind kind);
// Precondition: `name` is one that SigningKindName gives.
SigningKind ParseSigningKind(absl::string_view name);

struct Signing {
  SigningKind kind = SigningKind::kSignature;
  std::optional<SignatureId> signature;  // unset for a confirmation
  absl::Time time;
};

struct Delegation {
  DelegationId id;
  CounselId principal;
  PersonId delegate;
  std::string name;                 // as the counsel gave it, at most 200 characters
  std::vector<std::string> scopes;  // sorted, each once
  Period period;
  DelegationState state = DelegationState::kDraft;  // as stored
  // When a draft that nobody signs, and an invitation that nobody accepts, is void.
  absl::Time lapse_time;
  std::optional<Signing> signing;  // unset in a draft
  std::optional<absl::Time> accept_time;
  std::optional<int> terms_version;  // of the text that was accepted
  int64_t version = 1;               // the etag
  absl::Time create_time;
  absl::Time update_time;
};

extern const Reason kDelegationNotDraft;
extern const Reason kDelegationNotInvited;
extern const Reason kDelegationEnded;
extern const Reason kTermsChanged;

// Returns how long a draft waits for its signature, and an invitation for its acceptance: 14 days.
absl::Time LapseTimeFrom(absl::Time now);

// Returns the state at an instant: what has run out is EXPIRED, what nobody signed or accepted in
// time is LAPSED.
DelegationState StateAt(const Delegation& delegation, absl::Time now);

// Checks that it is a draft that can be signed. Errors: DELEGATION_NOT_DRAFT, DELEGATION_ENDED.
absl::Status CheckDraft(const Delegation& delegation, absl::Time now);

// Gives a signed draft in: from now on the delegate is invited.
//
// Errors: DELEGATION_NOT_DRAFT, DELEGATION_ENDED.
absl::Status FileDelegation(Delegation& delegation, const Signing& signing, absl::Time now);

// The delegate has read the terms and accepts: from now on, within its days, the delegation holds.
//
// Errors: DELEGATION_NOT_INVITED, DELEGATION_ENDED.
absl::Status AcceptDelegation(Delegation& delegation, int terms_version, absl::Time now);

// Either side ends it. Errors: DELEGATION_ENDED.
absl::Status RevokeDelegation(Delegation& delegation, absl::Time now);

// On which side of a delegation somebody stands.
enum class Side { kPrincipal, kDelegate };

// Returns the names of the RPCs by which that side can change the delegation now.
std::vector<std::string> DelegationTransitions(const Delegation& delegation, Side side,
                                               absl::Time now);

}  // namespace bitrade::registry
