// Keeps the flags on appointments.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/appointments/domain/flag.h"
#include "services/common/access/reach.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::appointments {

using access::Reach;

// Which flagged appointments of a list, the newest first.
struct FlaggedRows {
  int limit = 20;
  AppointmentId before;  // rows come before this id
  absl::Time now;
};

class FlagStore {
 public:
  // Stores a flag; false where one of its kind stands on the appointment.
  bool Raise(postgres::Transaction& tx, const Flag& flag);

  // Lowers what stands on a counsel's appointments because of her listing, `kept` apart; returns
  // what was lowered.
  std::vector<Flag> Lower(postgres::Transaction& tx, const CounselId& counsel,
                          std::optional<FlagKind> kept, absl::Time now);

  // Lowers the flags of conflicts in a matter that rest on none any more; returns what was lowered.
  // Precondition: the matter is locked.
  std::vector<Flag> LowerConflicts(postgres::Transaction& tx, const MatterId& matter,
                                   absl::Time now);

  // Returns the appointments of a counsel that are in force at `now`. Precondition: the counsel is
  // locked, so that none is being made.
  std::vector<AppointmentId> InForce(postgres::Transaction& tx, const CounselId& counsel,
                                     absl::Time now);

  // Returns appointments in force with the flags that stand on them, of matters within `reach`.
  std::vector<FlaggedAppointment> List(postgres::Transaction& tx, const Reach& reach,
                                       const FlaggedRows& rows);
};

}  // namespace bitrade::appointments
