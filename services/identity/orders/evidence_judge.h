// Whether the proof of a completed order is believed, for log-ins and signatures alike.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/identity/bankid/evidence/verifier.h"
#include "services/identity/bankid/messages.h"
#include "services/identity/orders/store.h"
#include "services/identity/orders/terms.h"

namespace bitrade::identity {

// What the person was to read and what was added unseen, as it was sent.
struct SentText {
  std::string visible;
  std::string non_visible;
};

// Thread-safe.
class EvidenceJudge {
 public:
  EvidenceJudge(EvidenceVerifier verifier, OrderTerms terms)
      : verifier_(std::move(verifier)), terms_(std::move(terms)) {}

  // Verifies the proof of `completion` against its order. A refusal is logged without personal data
  // and counted: somebody stands between BankID and us, or we are set up wrongly.
  //
  // Errors: BANKID_EVIDENCE_REFUSED.
  absl::StatusOr<EvidenceFacts> Judge(const TakenOrder& taken, const BankIdCompletion& completion,
                                      const SentText& sent, absl::Time now);

  // How often it has refused since it was made; for metrics.
  int64_t refused() const { return refused_; }

 private:
  const EvidenceVerifier verifier_;
  const OrderTerms terms_;
  std::atomic<int64_t> refused_ = 0;
};

// Returns how something ends whose proof was refused with `refusal`.
OrderProgress EndOf(const absl::Status& refusal);

}  // namespace bitrade::identity
