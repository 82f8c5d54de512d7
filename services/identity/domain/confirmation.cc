#include "services/identity/domain/confirmation.h"

#include <algorithm>

namespace bitrade::identity {

absl::Status CheckConfirmable(const Signature& signature, absl::Time now) {
  if (KindOf(signature.method) != SignatureKind::kConfirmation) {
    return Refuse(kSignatureMethodUnavailable);
  }
  const bool pending = AsOf(signature, now).state == SignatureState::kPending;
  return pending ? absl::OkStatus() : Refuse(kSignatureNotPending);
}

absl::Time EarliestAuthentication(absl::Time begin, absl::Duration skew, absl::Time now) {
  return std::max(begin - skew, now - kConfirmationAge);
}

}  // namespace bitrade::identity
