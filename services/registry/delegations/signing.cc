#include "services/registry/delegations/signing.h"

#include <string>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/crypto/digest.h"
#include "services/registry/domain/delegation_text.h"

namespace bitrade::registry {

signing::Subject SubjectOf(const Delegation& draft) {
  return {.purpose = signing::kDelegation,
          .person_id = draft.principal.text(),
          .resource_id = draft.id.text(),
          .version = draft.version};
}

absl::StatusOr<signing::ToBeSigned> MakeToBeSigned(const NamedDelegation& draft, absl::Time now) {
  RETURN_IF_ERROR(CheckDraft(draft.delegation, now));
  std::string manifest = DelegationManifest(draft.delegation);
  std::string text =
      DelegationVisibleText(draft.delegation, draft.principal_name, crypto::Sha256Hex(manifest));
  return signing::ToBeSigned{std::move(text), std::move(manifest)};
}

absl::StatusOr<Signing> MakeSigning(const Delegation& draft,
                                    const std::optional<signing::Fact>& signature,
                                    Confirmation confirmation, absl::Time now) {
  RETURN_IF_ERROR(CheckDraft(draft, now));
  if (signature) {
    RETURN_IF_ERROR(
        signing::Check(*signature, SubjectOf(draft), crypto::Sha256Hex(DelegationManifest(draft))));
    return Signing{
        .kind = signature->is_signature ? SigningKind::kSignature : SigningKind::kConfirmation,
        .signature = SignatureId::Trusted(signature->signature_id),
        .time = signature->time};
  }
  RETURN_IF_ERROR(signing::CheckConfirmation(confirmation));
  return Signing{.kind = SigningKind::kConfirmation, .signature = std::nullopt, .time = now};
}

}  // namespace bitrade::registry
