// What the end of its order means for a log-in.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/audit/circumstances.h"
#include "services/common/base/id_source.h"
#include "services/identity/domain/address.h"
#include "services/identity/logins/store.h"
#include "services/identity/orders/ends.h"
#include "services/identity/orders/evidence_judge.h"
#include "services/identity/persons/store.h"

namespace bitrade::identity {

class LoginEnds final : public OrderEnds {
 public:
  // What the ends of log-ins are made of; all must outlive them.
  struct Parts {
    LoginStore& logins;
    OrderStore& orders;
    PersonStore& persons;
    IdSource& ids;
    EvidenceJudge& judge;
  };

  // `rule` judges where the app answered from, on the same device.
  LoginEnds(const Parts& parts, AddressRule rule)
      : logins_(parts.logins),
        orders_(parts.orders),
        persons_(parts.persons),
        ids_(parts.ids),
        judge_(parts.judge),
        rule_(rule) {}

  // How many log-ins were answered from another address than they were asked for; for metrics.
  int64_t addresses_differed() const { return addresses_differed_; }

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
  // Whether the one whom BankID names is let in.
  struct Verdict {
    std::optional<OrderProgress> refusal;  // how the log-in fails
    std::string certificate_policy;
    std::optional<bool> address_differs;
  };

  // How a log-in fails, and what the trail tells of that.
  struct Denial {
    OrderProgress progress;
    audit::Circumstances around;
  };

  absl::Status Deny(postgres::Transaction& tx, const TakenOrder& taken, const Denial& denial,
                    absl::Time now);
  absl::StatusOr<Verdict> Judge(const TakenOrder& taken, const BankIdCompletion& completion,
                                const absl::StatusOr<std::string>& asked_from, absl::Time now);
  absl::StatusOr<std::optional<bool>> AddressDiffers(const TakenOrder& taken,
                                                     const BankIdCompletion& completion,
                                                     const absl::StatusOr<std::string>& asked_from,
                                                     absl::Time now);

  LoginStore& logins_;
  OrderStore& orders_;
  PersonStore& persons_;
  IdSource& ids_;
  EvidenceJudge& judge_;
  const AddressRule rule_;
  std::atomic<int64_t> addresses_differed_ = 0;
};

}  // namespace bitrade::identity
