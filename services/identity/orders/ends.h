// What the end of an order means for what it is for: a log-in or a signature. Each has its own.
#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/bankid/messages.h"
#include "services/identity/domain/bankid_order.h"
#include "services/identity/orders/store.h"

namespace bitrade::identity {

// Each records in the transaction it is given, and forgets the order when it is over. Harmless when
// the end was recorded before: an end may be told to two replicas.
class OrderEnds {
 public:
  virtual ~OrderEnds() = default;

  // The person has done it: told once, and recorded before anything follows from it.
  virtual absl::Status Completed(postgres::Transaction& tx, const TakenOrder& taken,
                                 const BankIdCompletion& completion, absl::Time now) = 0;

  // The order failed, and BankID says why.
  virtual absl::Status Failed(postgres::Transaction& tx, const TakenOrder& taken,
                              const OrderProgress& progress, absl::Time now) = 0;

  // Nobody will ever say how it ended: BankID does not know the order any more, or our own time is
  // over.
  virtual absl::Status Lost(postgres::Transaction& tx, const TakenOrder& taken, absl::Time now) = 0;

  // BankID has cancelled the order, or never knew it.
  virtual absl::Status Cancelled(postgres::Transaction& tx, const TakenOrder& taken,
                                 absl::Time now) = 0;

  // BankID was asked to cancel an order that had ended before.
  virtual absl::Status CancelledTooLate(postgres::Transaction& tx, const TakenOrder& taken,
                                        absl::Time now) = 0;
};

}  // namespace bitrade::identity
