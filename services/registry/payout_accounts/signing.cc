#include "services/registry/payout_accounts/signing.h"

#include <string>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/crypto/digest.h"

namespace bitrade::registry {

signing::Subject SubjectOf(const PayoutChange& draft) {
  return {.purpose = signing::kPayoutAccountChange,
          .person_id = draft.counsel.text(),
          .resource_id = draft.id.text(),
          .version = draft.version};
}

absl::StatusOr<signing::ToBeSigned> MakeToBeSigned(const NamedPayoutChange& draft) {
  RETURN_IF_ERROR(CheckPayoutDraft(draft.change));
  std::string manifest = PayoutManifest(draft.change);
  std::string text =
      PayoutVisibleText(draft.change, draft.counsel_name, crypto::Sha256Hex(manifest));
  return signing::ToBeSigned{std::move(text), std::move(manifest)};
}

absl::Status CheckSignature(const PayoutChange& draft,
                            const std::optional<signing::Fact>& signature) {
  RETURN_IF_ERROR(CheckPayoutDraft(draft));
  if (!signature) return Refuse(kSignatureRequired);
  const signing::Subject subject = SubjectOf(draft);
  // Whose and of what it is comes first: a stranger is not told of which kind it is.
  signing::Fact as_signature = *signature;
  as_signature.is_signature = true;
  RETURN_IF_ERROR(signing::Check(as_signature, subject, crypto::Sha256Hex(PayoutManifest(draft))));
  return signature->is_signature ? absl::OkStatus() : Refuse(kPayoutNeedsBankid);
}

}  // namespace bitrade::registry
