// Persists what BankID answers about an order, and what follows for what it is for: before anybody
// acts on it, as the end of an order is told once.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/identity/bankid/messages.h"
#include "services/identity/orders/ends.h"
#include "services/identity/orders/store.h"

namespace bitrade::identity {

// How often one order is asked about: as the vendor demands.
constexpr absl::Duration kCollectEvery = absl::Seconds(2);

class OrderRecorder {
 public:
  // All must outlive the recorder.
  OrderRecorder(OrderStore& orders, OrderEnds& login_ends, OrderEnds& signature_ends)
      : orders_(orders), login_ends_(login_ends), signature_ends_(signature_ends) {}

  // Records the answer to the beginning of an order.
  absl::Status Begun(postgres::Transaction& tx, const TakenOrder& taken,
                     const absl::StatusOr<BankIdOrder>& answer, absl::Time now);

  // Records the answer to a collect. Harmless when the order was taken by another meanwhile.
  absl::Status Collected(postgres::Transaction& tx, const TakenOrder& taken,
                         const absl::StatusOr<CollectAnswer>& answer, absl::Time now);

  // Records the answer to the cancelling of an order.
  absl::Status Cancelled(postgres::Transaction& tx, const TakenOrder& taken,
                         const absl::Status& answer, absl::Time now);

  // Ends what has outlived its time, and stops asking about its order.
  absl::Status Expired(postgres::Transaction& tx, const TakenOrder& taken, absl::Time now);

 private:
  OrderEnds& EndsOf(const TakenOrder& taken) const;
  void Unanswered(postgres::Transaction& tx, const TakenOrder& taken, absl::Time now);
  absl::Status NotBegun(postgres::Transaction& tx, const TakenOrder& taken,
                        const absl::Status& answer, absl::Time now);

  OrderStore& orders_;
  OrderEnds& login_ends_;
  OrderEnds& signature_ends_;
};

}  // namespace bitrade::identity
