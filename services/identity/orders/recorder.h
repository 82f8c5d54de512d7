// Persists what BankID answers about an order, and what follows for its log-in: before anybody acts
// on it, as the end of an order is told once.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/base/id_source.h"
#include "services/identity/bankid/messages.h"
#include "services/identity/domain/bankid_order.h"
#include "services/identity/logins/store.h"
#include "services/identity/orders/store.h"
#include "services/identity/persons/store.h"

namespace bitrade::identity {

// How often one order is asked about: as the vendor demands.
constexpr absl::Duration kCollectEvery = absl::Seconds(2);

class OrderRecorder {
 public:
  // All must outlive the recorder.
  OrderRecorder(LoginStore& logins, OrderStore& orders, PersonStore& persons, IdSource& ids)
      : logins_(logins), orders_(orders), persons_(persons), ids_(ids) {}

  // Records the answer to a collect. Harmless when the order was taken by another meanwhile.
  absl::Status Collected(postgres::Transaction& tx, const TakenOrder& taken,
                         const absl::StatusOr<CollectAnswer>& answer, absl::Time now);

  // Records the answer to the cancelling of an order whose log-in was cancelled.
  void Cancelled(postgres::Transaction& tx, const TakenOrder& taken, const absl::Status& answer,
                 absl::Time now);

  // Ends a log-in that has outlived its time, and stops asking about its order.
  absl::Status Expired(postgres::Transaction& tx, const TakenOrder& taken, absl::Time now);

 private:
  void Unanswered(postgres::Transaction& tx, const TakenOrder& taken, absl::Time now);
  absl::Status Failed(postgres::Transaction& tx, const LoginId& id, const OrderProgress& progress,
                      absl::Time now);
  absl::Status Completed(postgres::Transaction& tx, const LoginId& id,
                         const BankIdCompletion& completion, absl::Time now);

  LoginStore& logins_;
  OrderStore& orders_;
  PersonStore& persons_;
  IdSource& ids_;
};

}  // namespace bitrade::identity
