#include "services/identity/domain/signature.h"

#include <utility>

#include "services/common/base/status_macros.h"
#include "services/identity/domain/names.h"

namespace bitrade::identity {
namespace {

constexpr Names<SignaturePurpose, 5> kPurposes{
    {{SignaturePurpose::kCostStatementFiling, "COST_STATEMENT_FILING"},
     {SignaturePurpose::kDelegation, "DELEGATION"},
     {SignaturePurpose::kPayoutAccountChange, "PAYOUT_ACCOUNT_CHANGE"},
     {SignaturePurpose::kSubmissionFiling, "SUBMISSION_FILING"},
     {SignaturePurpose::kRegisterApplication, "REGISTER_APPLICATION"}}};
constexpr Names<SignatureState, 5> kStates{{{SignatureState::kPending, "PENDING"},
                                            {SignatureState::kComplete, "COMPLETE"},
                                            {SignatureState::kFailed, "FAILED"},
                                            {SignatureState::kCancelled, "CANCELLED"},
                                            {SignatureState::kUnresolved, "UNRESOLVED"}}};

absl::StatusOr<Signature> Ended(Signature signature, SignatureState state, absl::Time now) {
  signature = AsOf(std::move(signature), now);
  if (signature.state != SignatureState::kPending) return Refuse(kSignatureNotPending);
  signature.state = state;
  signature.cancelling = false;
  return signature;
}

}  // namespace

const Reason kSignatureMethodUnavailable{
    "SIGNATURE_METHOD_UNAVAILABLE",
    absl::StatusCode::kFailedPrecondition,
    {"Method unavailable", "You cannot sign with this e-legitimation in this way."},
    {"Underskriftssättet saknas", "Det går inte att skriva under med den e-legitimationen så."}};

const Reason kSignatureNotPending{"SIGNATURE_NOT_PENDING",
                                  absl::StatusCode::kFailedPrecondition,
                                  {"Already ended", "The signature has already ended."},
                                  {"Redan avslutad", "Underskriften är redan avslutad."}};

const Reason kSignatureIdReused{
    "SIGNATURE_ID_REUSED",
    absl::StatusCode::kAlreadyExists,
    {"Id already used", "The id belongs to a signature of something else."},
    {"Id:t är upptaget", "Id:t hör till en underskrift av något annat."}};

const Reason kSignatureReturnRefused{
    "SIGNATURE_RETURN_REFUSED",
    absl::StatusCode::kFailedPrecondition,
    {"No signature of ours", "The address that opened this page belongs to no signature."},
    {"Ingen underskrift", "Adressen som öppnade sidan hör inte till någon underskrift."}};

const Reason kSignatureUnresolved{
    "SIGNATURE_UNRESOLVED",
    absl::StatusCode::kFailedPrecondition,
    {"Not known",
     "The answer from the e-legitimation was lost. The signature does not count; sign "
     "again."},
    {"Okänt",
     "Svaret från e-legitimationen kom bort. Underskriften räknas inte; skriv under på "
     "nytt."}};

const Reason kSignedByAnother{
    "SIGNED_BY_ANOTHER",
    absl::StatusCode::kFailedPrecondition,
    {"Signed by another", "Another person signed than the one who asked for it."},
    {"Fel person", "Någon annan skrev under än den som bad om det."}};

SignatureKind KindOf(Method method) {
  return method == Method::kTelia ? SignatureKind::kConfirmation : SignatureKind::kSignature;
}

absl::string_view Name(SignaturePurpose purpose) { return NameIn(kPurposes, purpose); }
absl::string_view Name(SignatureState state) { return NameIn(kStates, state); }

std::optional<SignaturePurpose> ParseSignaturePurpose(absl::string_view name) {
  return ValueIn(kPurposes, name);
}
std::optional<SignatureState> ParseSignatureState(absl::string_view name) {
  return ValueIn(kStates, name);
}

absl::Status CheckSignatureOffered(Method method, Start start, SignaturePurpose purpose) {
  const bool suffices = KindOf(method) == SignatureKind::kSignature ||
                        purpose != SignaturePurpose::kPayoutAccountChange;
  const bool offered = suffices && (method == Method::kMobileBankId || start == Start::kSameDevice);
  return offered ? absl::OkStatus() : Refuse(kSignatureMethodUnavailable);
}

bool AsksTheSame(const Signature& signature, const Signature& wish) {
  return signature.person == wish.person && signature.purpose == wish.purpose &&
         signature.resource == wish.resource &&
         signature.resource_version == wish.resource_version &&
         signature.manifest_sha256 == wish.manifest_sha256;
}

absl::Time ExpireTime(const Signature& signature) { return signature.create_time + kPendingTime; }

Signature AsOf(Signature signature, absl::Time now) {
  if (signature.state == SignatureState::kPending && now >= ExpireTime(signature)) {
    signature.state = SignatureState::kUnresolved;
    signature.cancelling = false;
    signature.reason = kSignatureUnresolved.name;
  }
  return signature;
}

absl::StatusOr<Signature> Complete(Signature signature, absl::string_view certificate_policy,
                                   absl::Time now) {
  ASSIGN_OR_RETURN(signature, Ended(std::move(signature), SignatureState::kComplete, now));
  signature.hint.clear();
  signature.message_key.clear();
  signature.complete_time = now;
  signature.certificate_policy = std::string(certificate_policy);
  return signature;
}

absl::StatusOr<Signature> Fail(Signature signature, absl::string_view reason, absl::Time now) {
  ASSIGN_OR_RETURN(signature, Ended(std::move(signature), SignatureState::kFailed, now));
  signature.reason = std::string(reason);
  return signature;
}

absl::StatusOr<Signature> Unresolve(Signature signature, absl::Time now) {
  if (AsOf(signature, now).reason == kSignatureUnresolved.name) return AsOf(signature, now);
  ASSIGN_OR_RETURN(signature, Ended(std::move(signature), SignatureState::kUnresolved, now));
  signature.reason = kSignatureUnresolved.name;
  return signature;
}

absl::StatusOr<Signature> ConfirmCancelled(Signature signature, absl::Time now) {
  return Ended(std::move(signature), SignatureState::kCancelled, now);
}

absl::StatusOr<Signature> Cancel(Signature signature, absl::Time now) {
  signature = AsOf(std::move(signature), now);
  if (signature.state != SignatureState::kPending) return Refuse(kSignatureNotPending);
  if (KindOf(signature.method) == SignatureKind::kConfirmation) {
    return ConfirmCancelled(std::move(signature), now);
  }
  signature.cancelling = true;
  return signature;
}

}  // namespace bitrade::identity
