#include "services/identity/orders/evidence_judge.h"

#include "services/common/log/log.h"

namespace bitrade::identity {
namespace {

OrderExpectation ExpectationOf(const TakenOrder& taken, const BankIdCompletion& completion,
                               const SentText& sent, PolicySet policies) {
  return {.function = taken.subject.is_signature() ? BankIdFunction::kSigning
                                                   : BankIdFunction::kIdentification,
          .personal_number = completion.personal_number,
          .policies = CertificatePolicies(taken.method, policies),
          .visible_text = sent.visible,
          .non_visible_data = sent.non_visible,
          .order_time = taken.create_time};
}

}  // namespace

absl::StatusOr<EvidenceFacts> EvidenceJudge::Judge(const TakenOrder& taken,
                                                   const BankIdCompletion& completion,
                                                   const SentText& sent, absl::Time now) {
  OrderExpectation expected = ExpectationOf(taken, completion, sent, terms_.policies);
  expected.answer_time = now;
  absl::StatusOr<EvidenceFacts> facts =
      verifier_.Verify({completion.signature, completion.ocsp_response}, expected);
  if (facts.ok()) return facts;
  ++refused_;
  const Metadata metadata = DetailsOf(facts.status()).metadata;
  log::Write(
      log::Level::kError, "the proof of bankid is refused", now,
      {{"order", taken.subject.id()}, {"fault", metadata.empty() ? "" : metadata.front().second}});
  return facts;
}

OrderProgress EndOf(const absl::Status& refusal) {
  return {OrderState::kFailed, "", MessageOf("RFA22"), ReasonOf(refusal)};
}

}  // namespace bitrade::identity
