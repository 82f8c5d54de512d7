#include "services/billing/domain/signature.h"

namespace bitrade::billing {

const Reason kSignatureNotComplete{"SIGNATURE_NOT_COMPLETE",
                                   absl::StatusCode::kFailedPrecondition,
                                   {"Not signed", "The signature is not complete."},
                                   {"Inte underskriven", "Underskriften är inte klar."}};

const Reason kSignatureOfSomethingElse{
    "SIGNATURE_OF_SOMETHING_ELSE",
    absl::StatusCode::kFailedPrecondition,
    {"Signature of something else", "The signature is not yours for this cost statement."},
    {"Underskrift av något annat",
     "Underskriften är inte din underskrift av den här kostnadsräkningen."}};

const Reason kChangedSinceSignature{
    "CHANGED_SINCE_SIGNATURE",
    absl::StatusCode::kFailedPrecondition,
    {"Changed since it was signed",
     "The cost statement, or what it comes to today, is not what was signed. Sign it again."},
    {"Ändrad efter underskriften",
     "Kostnadsräkningen, eller vad den uppgår till i dag, är inte den som skrevs under. Skriv "
     "under på nytt."}};

absl::Status CheckSignature(const SignatureFact& fact, const CostStatement& draft,
                            absl::string_view manifest_sha256) {
  if (!fact.is_signature || !fact.for_cost_statement || fact.resource_id != draft.id.text() ||
      fact.person_id != draft.counsel.text()) {
    return Refuse(kSignatureOfSomethingElse);
  }
  if (!fact.complete) return Refuse(kSignatureNotComplete);
  if (fact.version != draft.version || fact.manifest_sha256 != manifest_sha256) {
    return Refuse(kChangedSinceSignature);
  }
  return absl::OkStatus();
}

}  // namespace bitrade::billing
