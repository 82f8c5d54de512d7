#include "services/common/signing/signature.h"

namespace bitrade::signing {

const Reason kSignatureNotComplete{"SIGNATURE_NOT_COMPLETE",
                                   absl::StatusCode::kFailedPrecondition,
                                   {"Not signed", "The signature is not complete."},
                                   {"Inte underskriven", "Underskriften är inte klar."}};

const Reason kSignatureOfSomethingElse{
    "SIGNATURE_OF_SOMETHING_ELSE",
    absl::StatusCode::kFailedPrecondition,
    {"Signature of something else", "The signature is not your signature of this."},
    {"Underskrift av något annat", "Underskriften är inte din underskrift av det här."}};

const Reason kChangedSinceSignature{
    "CHANGED_SINCE_SIGNATURE",
    absl::StatusCode::kFailedPrecondition,
    {"Changed since it was signed",
     "This, or what it comes to today, is not what was signed. Sign it again."},
    {"Ändrad efter underskriften",
     "Det här, eller vad det uppgår till i dag, är inte det som skrevs under. Skriv under på "
     "nytt."}};

namespace {

// Where a confirmation suffices. What is not named here demands a signature.
bool AcceptsConfirmation(absl::string_view purpose) {
  return purpose == kCostStatementFiling || purpose == kDelegation;
}

}  // namespace

absl::Status Check(const Fact& fact, const Subject& subject, absl::string_view manifest_sha256) {
  const Subject& signed_thing = fact.subject;
  const bool suffices = fact.is_signature || AcceptsConfirmation(subject.purpose);
  if (!suffices || signed_thing.purpose != subject.purpose ||
      signed_thing.person_id != subject.person_id ||
      signed_thing.resource_id != subject.resource_id) {
    return Refuse(kSignatureOfSomethingElse);
  }
  if (!fact.complete) return Refuse(kSignatureNotComplete);
  if (signed_thing.version != subject.version || fact.manifest_sha256 != manifest_sha256) {
    return Refuse(kChangedSinceSignature);
  }
  return absl::OkStatus();
}

}  // namespace bitrade::signing
