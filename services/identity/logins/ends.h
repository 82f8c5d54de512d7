// What the end of its order means for a log-in.
#pragma once

#include "services/common/base/id_source.h"
#include "services/identity/logins/store.h"
#include "services/identity/orders/ends.h"
#include "services/identity/orders/evidence_judge.h"
#include "services/identity/persons/store.h"

namespace bitrade::identity {

class LoginEnds final : public OrderEnds {
 public:
  // All must outlive it.
  LoginEnds(LoginStore& logins, OrderStore& orders, PersonStore& persons, IdSource& ids,
            EvidenceJudge& judge)
      : logins_(logins), orders_(orders), persons_(persons), ids_(ids), judge_(judge) {}

  // Nobody is let in on a proof that does not hold; it is kept all the same.
  absl::Status Completed(postgres::Transaction& tx, const TakenOrder& taken,
                         const BankIdCompletion& completion, absl::Time now) override;
  absl::Status Failed(postgres::Transaction& tx, const TakenOrder& taken,
                      const OrderProgress& progress, absl::Time now) override;
  // It failed, as an order that was collected too late.
  absl::Status Lost(postgres::Transaction& tx, const TakenOrder& taken, absl::Time now) override;
  // The log-in was cancelled before; who completes the order gets no session by it.
  absl::Status Cancelled(postgres::Transaction& tx, const TakenOrder& taken,
                         absl::Time now) override;
  absl::Status CancelledTooLate(postgres::Transaction& tx, const TakenOrder& taken,
                                absl::Time now) override;

 private:
  LoginStore& logins_;
  OrderStore& orders_;
  PersonStore& persons_;
  IdSource& ids_;
  EvidenceJudge& judge_;
};

}  // namespace bitrade::identity
