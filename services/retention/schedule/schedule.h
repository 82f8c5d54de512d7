// Follows appointments: whatever it tells of sight makes or moves a schedule. And plans: from the
// end of sight to the day of disposal.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bitrade/events/v1/event_service.pb.h"
#include "services/common/base/clock.h"
#include "services/common/base/id_source.h"
#include "services/retention/schedule/store.h"

namespace bitrade::retention {

// Thread-safe.
class Schedule {
 public:
  Schedule(ScheduleStore& store, const Clock& clock, IdSource& ids)
      : store_(store), clock_(clock), ids_(ids) {}

  // Applies an event of appointments, in its transaction. Events of other aggregates and of
  // appointments on paper, which have no copies, say nothing here.
  absl::Status Apply(postgres::Transaction& tx, const events::v1::Event& event);

  // Before a snapshot: nothing is disposed of until appointments has told its end again.
  void StartOver(postgres::Transaction& tx) { store_.ForgetEnds(tx); }

  // Plans what has an end and no day yet; returns how many disposals stay without one, because no
  // grace period holds on the day of their end (GRACE_PERIOD_UNKNOWN).
  absl::StatusOr<int> Plan(postgres::Transaction& tx);

 private:
  ScheduleStore& store_;
  const Clock& clock_;
  IdSource& ids_;
};

}  // namespace bitrade::retention
