#include "services/billing/cost_statements/seen.h"

#include "services/common/access/projection.h"

namespace bitrade::billing {

Reader ReaderOf(const rpc::Reading& reading) {
  return {.counsel = CounselId::Trusted(reading.caller().counsel_id()),
          .now = reading.now(),
          .asked = reading.asked()};
}

absl::Status NotSeen(rpc::Reading& reading, CostStatementStore& statements,
                     const CostStatementId& id) {
  const std::optional<AppointmentId> appointment =
      statements.AppointmentOf(reading.tx(), ReaderOf(reading).counsel, id);
  return appointment ? access::NotSeen(reading, appointment->text()) : Refuse(kNotFound);
}

}  // namespace bitrade::billing
