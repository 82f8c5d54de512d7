#include "services/identity/confirmations/ends.h"

#include <optional>
#include <string>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/log/log.h"
#include "services/identity/oidc_logins/refusals.h"
#include "services/identity/signatures/trail.h"

namespace bitrade::identity {

absl::StatusOr<Signature> ConfirmationEnds::End(postgres::Transaction& tx, const SignatureId& id,
                                                absl::string_view address,
                                                const absl::StatusOr<oidc::ProvedPerson>& answer,
                                                absl::Time now) {
  if (!answer.ok() && TellRefusal(answer.status(), id.text(), now) == Refusal::kUnbelieved) {
    ++refused_;
  }
  const std::optional<Signature> locked = parts_.signatures.Lock(tx, id);
  if (!locked) return Refuse(kNotFound);
  // Before the end is saved: what has a proof keeps its text.
  if (answer.ok()) parts_.confirmations.KeepEvidence(tx, id, answer->id_token);
  Signature signature = AsOf(*locked, now);
  if (signature.state == SignatureState::kPending) {
    ASSIGN_OR_RETURN(signature, answer.ok() ? Judge(tx, signature, *answer, now)
                                            : Fail(signature, ReasonOf(answer.status()), now));
  }
  if (signature.state != locked->state) {
    parts_.signatures.Save(tx, signature);
    audit::Circumstances around;
    around.Set(audit::Circumstance::kAddress, address);
    WriteEnd(tx, signature, "oidc/return", std::move(around), now);
  }
  return signature;
}

absl::StatusOr<Signature> ConfirmationEnds::Judge(postgres::Transaction& tx,
                                                  const Signature& pending,
                                                  const oidc::ProvedPerson& proved,
                                                  absl::Time now) {
  ASSIGN_OR_RETURN(const std::optional<std::string> asked,
                   parts_.persons.NumberOf(tx, pending.person));
  if (asked == proved.facts.number.FullText()) return Complete(pending, proved.facts.level, now);
  // Two people share a browser, or somebody was led to vouch for another: somebody must look.
  log::Write(log::Level::kError, "a confirmation is another person's", now,
             {{"signature_id", pending.id.text()}});
  return Fail(pending, kSignedByAnother.name, now);
}

}  // namespace bitrade::identity
