#include "services/identity/signatures/ends.h"

#include <optional>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/log/log.h"
#include "services/identity/orders/recorder.h"
#include "services/identity/signatures/trail.h"

namespace bitrade::identity {
namespace {

SignatureId IdOf(const TakenOrder& taken) { return SignatureId::Trusted(taken.subject.id()); }

// BankID lets nobody else sign: somebody must look.
void Alarm(const Signature& signature, absl::Time now) {
  log::Write(log::Level::kError, "a signature is another person's", now,
             {{"signature_id", signature.id.text()}});
}

}  // namespace

// What no key of ours opens stays out of the trail; the end is recorded all the same.
audit::Circumstances SignatureEnds::Around(postgres::Transaction& tx, const TakenOrder& taken) {
  const absl::StatusOr<std::string> address = signatures_.AddressOf(tx, IdOf(taken));
  audit::Circumstances around;
  around.Set(audit::Circumstance::kAddress, address.ok() ? *address : "");
  around.Set(audit::Circumstance::kOrderId, taken.order_ref.ok() ? *taken.order_ref : "");
  return around;
}

absl::Status SignatureEnds::End(postgres::Transaction& tx, const TakenOrder& taken, absl::Time now,
                                Ending ending, absl::string_view risk) {
  const std::optional<Signature> locked = signatures_.Lock(tx, IdOf(taken));
  orders_.Delete(tx, taken.subject);
  if (!locked || locked->state != SignatureState::kPending) return absl::OkStatus();
  audit::Circumstances around = Around(tx, taken);
  around.Set(audit::Circumstance::kRisk, risk);
  Signature signature = AsOf(*locked, now);
  if (signature.state == SignatureState::kPending) {
    ASSIGN_OR_RETURN(signature, ending(std::move(signature)));
  }
  signatures_.Save(tx, signature);
  WriteEnd(tx, signature, "bankid/collect", std::move(around), now);
  return absl::OkStatus();
}

absl::Status SignatureEnds::Completed(postgres::Transaction& tx, const TakenOrder& taken,
                                      const BankIdCompletion& completion, absl::Time now) {
  orders_.KeepEvidence(tx, taken.subject,
                       {completion.signature, completion.ocsp_response, completion.risk});
  const auto judged = [&](Signature signature) {
    return Judge(tx, taken, std::move(signature), completion, now);
  };
  return End(tx, taken, now, judged, completion.risk);
}

absl::StatusOr<SentText> SignatureEnds::Sent(postgres::Transaction& tx, const SignatureId& id) {
  ASSIGN_OR_RETURN(std::optional<ToSign> to_sign, signatures_.FindToSign(tx, id));
  if (!to_sign) return SentText{};
  return SentText{std::move(to_sign->visible_text), std::move(to_sign->manifest)};
}

absl::StatusOr<Signature> SignatureEnds::Judge(postgres::Transaction& tx, const TakenOrder& taken,
                                               Signature signature,
                                               const BankIdCompletion& completion, absl::Time now) {
  ASSIGN_OR_RETURN(const std::optional<std::string> asked, persons_.NumberOf(tx, signature.person));
  if (asked != completion.personal_number) {
    Alarm(signature, now);
    return Fail(std::move(signature), kSignedByAnother.name, now);
  }
  ASSIGN_OR_RETURN(const SentText sent, Sent(tx, signature.id));
  const absl::StatusOr<EvidenceFacts> facts = judge_.Judge(taken, completion, sent, now);
  if (!facts.ok()) return Advance(std::move(signature), EndOf(facts.status()), now);
  if (IsHighRisk(completion.risk)) {
    const OrderProgress blocked =
        InterpretOrder("failed", "transactionRiskBlocked", signature.method, signature.start);
    return Advance(std::move(signature), blocked, now);
  }
  return Complete(std::move(signature), facts->certificate_policy, now);
}

absl::Status SignatureEnds::Failed(postgres::Transaction& tx, const TakenOrder& taken,
                                   const OrderProgress& progress, absl::Time now) {
  return End(tx, taken, now,
             [&](Signature signature) { return Advance(std::move(signature), progress, now); });
}

absl::Status SignatureEnds::Lost(postgres::Transaction& tx, const TakenOrder& taken,
                                 absl::Time now) {
  return End(tx, taken, now,
             [&](Signature signature) { return Unresolve(std::move(signature), now); });
}

absl::Status SignatureEnds::Cancelled(postgres::Transaction& tx, const TakenOrder& taken,
                                      absl::Time now) {
  return End(tx, taken, now,
             [&](Signature signature) { return ConfirmCancelled(std::move(signature), now); });
}

absl::Status SignatureEnds::CancelledTooLate(postgres::Transaction& tx, const TakenOrder& taken,
                                             absl::Time now) {
  std::optional<Signature> locked = signatures_.Lock(tx, IdOf(taken));
  if (!locked || locked->state != SignatureState::kPending) {
    orders_.Delete(tx, taken.subject);
    return absl::OkStatus();
  }
  locked->cancelling = false;
  signatures_.Save(tx, *locked);
  // It may have been asked a moment before.
  orders_.AskNext(tx, taken.subject, {.due = now + kCollectEvery, .failures = 0});
  return absl::OkStatus();
}

}  // namespace bitrade::identity
