// What the clock alone does to the activity list: reminds counsel of delegations that end soon, and
// destroys what has been kept long enough. A piece at a time, each in a transaction of its own that
// leaves nothing half done, so any replica goes on where another was killed.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/base/clock.h"
#include "services/common/base/id_source.h"
#include "services/common/postgres/connection.h"
#include "services/retention/activities/store.h"

namespace bitrade::retention {

class Upkeep {
 public:
  Upkeep(ActivityStore& store, const Clock& clock, IdSource& ids)
      : store_(store), clock_(clock), ids_(ids) {}

  // Does both until nothing is due. A failure leaves the rest to the next round.
  void Round(postgres::Connection& connection);

 private:
  absl::Status Remind(postgres::Connection& connection, absl::Time now);
  void Dispose(postgres::Connection& connection, absl::Time now);

  ActivityStore& store_;
  const Clock& clock_;
  IdSource& ids_;
};

}  // namespace bitrade::retention
