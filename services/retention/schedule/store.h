// Keeps when the copies of an appointment's documents are due for disposal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/common/postgres/transaction.h"
#include "services/retention/domain/disposal.h"

namespace bitrade::retention {

// Of whose matters an appointment is, of which category, and whose appointment.
struct MatterCodes {
  std::string authority;
  std::string category;
  std::string counsel_id;
};

class ScheduleStore {
 public:
  // Keeps what case systems' reach is judged by, and whose activities a legal hold keeps; what is
  // known already stays as it is, and codes that were not told say nothing.
  void Know(postgres::Transaction& tx, const AppointmentId& appointment, const MatterCodes& codes);

  // Returns the latest disposal of an appointment, without its evidence, and locks its row.
  std::optional<Disposal> Latest(postgres::Transaction& tx, const AppointmentId& appointment);

  // Opens a disposal that is to be planned.
  void Open(postgres::Transaction& tx, const DisposalId& id, const Sight& sight);

  // Takes over a newer fact about sight. A new end is planned anew, even if the disposal had begun.
  void Move(postgres::Transaction& tx, const DisposalId& id, const Sight& sight);

  // Lets go of every end that is not done: appointments will tell all of them again.
  void ForgetEnds(postgres::Transaction& tx);

  // Returns up to `limit` disposals whose end is known and whose day is not.
  std::vector<Disposal> Unplanned(postgres::Transaction& tx, int limit);

  // Sets the day of a disposal, unless its end has moved meanwhile.
  void Plan(postgres::Transaction& tx, const Disposal& disposal, absl::Time due);

  // Returns all grace periods.
  std::vector<GracePeriod> GracePeriods(postgres::Transaction& tx);
};

}  // namespace bitrade::retention
