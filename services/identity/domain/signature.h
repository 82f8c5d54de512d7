// A signature by e-legitimation: one person vouches for one version of one thing. Once COMPLETE it
// is a fact that nothing changes; who owns the thing reads it and compares.
//
//   PENDING → COMPLETE | FAILED | CANCELLED | UNRESOLVED
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"
#include "services/identity/domain/login.h"

namespace bitrade::identity {

using SignatureId = Id<struct SignatureTag>;

// What is signed; a signature for one purpose is none for another.
enum class SignaturePurpose {
  kCostStatementFiling,
  kDelegation,
  kPayoutAccountChange,
  kSubmissionFiling,
  kRegisterApplication
};
// UNRESOLVED: the provider's answer was lost. It may have been signed, and counts as not.
enum class SignatureState { kPending, kComplete, kFailed, kCancelled, kUnresolved };

// By a signature over text and manifest, or by a log-in for this alone, which signs nothing.
enum class SignatureKind { kSignature, kConfirmation };

// Returns what a person vouches with who uses `method`.
SignatureKind KindOf(Method method);

// Names on the wire and in SQL: "COST_STATEMENT_FILING", "UNRESOLVED".
absl::string_view Name(SignaturePurpose purpose);
absl::string_view Name(SignatureState state);
// Empty for a name that is none of ours.
std::optional<SignaturePurpose> ParseSignaturePurpose(absl::string_view name);
std::optional<SignatureState> ParseSignatureState(absl::string_view name);

// How long the provider may refuse to begin because the person has another order.
constexpr absl::Duration kBeginTime = absl::Seconds(40);

// What is asked of whom.
struct Signature {
  SignatureId id;
  PersonId person;
  Method method;
  Start start;
  SignaturePurpose purpose;
  std::string resource;  // a UUID of its owner's
  int64_t resource_version = 0;
  std::string manifest_sha256;  // lower-case hexadecimal
  SignatureState state = SignatureState::kPending;
  bool cancelling = false;  // given up, which the provider has not confirmed
  std::string hint;         // the provider's last, "USER_SIGN"; BEGINNING before there is one
  std::string message_key;  // the vendor's key of what the person reads, "RFA9"
  std::string reason;       // why it FAILED or is UNRESOLVED; empty otherwise
  absl::Time create_time;
  std::optional<absl::Time> complete_time;
  std::string certificate_policy;  // the kind of e-legitimation; may be ""
};

extern const Reason kSignatureMethodUnavailable;
extern const Reason kSignatureNotPending;
extern const Reason kSignatureIdReused;
extern const Reason kSignatureReturnRefused;
// Why a signature failed or is unresolved; they are told in it, never refused with.
extern const Reason kSignatureUnresolved;
extern const Reason kSignedByAnother;

// Checks that one can vouch so: with BankID on this device, with Mobile BankID on any, with Telia
// on this one, but for a change of a payout account, which a confirmation does not suffice for.
//
// Errors: SIGNATURE_METHOD_UNAVAILABLE.
absl::Status CheckSignatureOffered(Method method, Start start, SignaturePurpose purpose);

// Tells whether a request under the id of `signature` asks for the same again.
bool AsksTheSame(const Signature& signature, const Signature& wish);

// Returns when a signature is pending no more, whatever happens.
absl::Time ExpireTime(const Signature& signature);

// Returns the signature as it is at `now`: one that was still PENDING at its end is UNRESOLVED.
Signature AsOf(Signature signature, absl::Time now);

// Each ends a pending signature. Errors: SIGNATURE_NOT_PENDING, also when its time is over.
absl::StatusOr<Signature> Complete(Signature signature, absl::string_view certificate_policy,
                                   absl::Time now);
// `reason` is a name: "BANKID_USER_CANCELLED".
absl::StatusOr<Signature> Fail(Signature signature, absl::string_view reason, absl::Time now);
// The provider's answer is lost.
absl::StatusOr<Signature> Unresolve(Signature signature, absl::Time now);
// The provider confirms that nothing was signed.
absl::StatusOr<Signature> ConfirmCancelled(Signature signature, absl::Time now);

// Gives a pending signature up; the provider is yet to confirm, except of a confirmation, which no
// provider has an order for. Errors: SIGNATURE_NOT_PENDING.
absl::StatusOr<Signature> Cancel(Signature signature, absl::Time now);

}  // namespace bitrade::identity
