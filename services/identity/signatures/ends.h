// What the end of its order means for a signature.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/audit/circumstances.h"
#include "services/identity/orders/ends.h"
#include "services/identity/orders/evidence_judge.h"
#include "services/identity/persons/store.h"
#include "services/identity/signatures/store.h"

namespace bitrade::identity {

class SignatureEnds final : public OrderEnds {
 public:
  // All must outlive it.
  SignatureEnds(SignatureStore& signatures, OrderStore& orders, PersonStore& persons,
                EvidenceJudge& judge)
      : signatures_(signatures), orders_(orders), persons_(persons), judge_(judge) {}

  // The proof is kept whatever becomes of the signature: it fails when another signed than was
  // asked, when the proof does not hold, and when BankID says that the risk is high.
  absl::Status Completed(postgres::Transaction& tx, const TakenOrder& taken,
                         const BankIdCompletion& completion, absl::Time now) override;
  absl::Status Failed(postgres::Transaction& tx, const TakenOrder& taken,
                      const OrderProgress& progress, absl::Time now) override;
  // It may have been signed: UNRESOLVED.
  absl::Status Lost(postgres::Transaction& tx, const TakenOrder& taken, absl::Time now) override;
  absl::Status Cancelled(postgres::Transaction& tx, const TakenOrder& taken,
                         absl::Time now) override;
  // The person may have signed a moment before: BankID is asked once more how it ended.
  absl::Status CancelledTooLate(postgres::Transaction& tx, const TakenOrder& taken,
                                absl::Time now) override;

 private:
  using Ending = absl::FunctionRef<absl::StatusOr<Signature>(Signature)>;

  // Ends a signature that is pending still, and forgets its order. `risk` is BankID's word.
  absl::Status End(postgres::Transaction& tx, const TakenOrder& taken, absl::Time now,
                   Ending ending, absl::string_view risk = "");
  audit::Circumstances Around(postgres::Transaction& tx, const TakenOrder& taken);
  absl::StatusOr<Signature> Judge(postgres::Transaction& tx, const TakenOrder& taken,
                                  Signature signature, const BankIdCompletion& completion,
                                  absl::Time now);
  absl::StatusOr<SentText> Sent(postgres::Transaction& tx, const SignatureId& id);

  SignatureStore& signatures_;
  OrderStore& orders_;
  PersonStore& persons_;
  EvidenceJudge& judge_;
};

}  // namespace bitrade::identity
