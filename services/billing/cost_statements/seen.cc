#include "services/billing/cost_statements/seen.h"

#include "services/common/access/projection.h"

namespace bitrade::billing {

CounselId CounselOf(const rpc::Reading& reading) {
  return CounselId::Trusted(reading.caller().counsel_id());
}

Hand HandOf(const rpc::Reading& reading) {
  return reading.caller().is_delegate() ? Hand::kDelegate : Hand::kCounsel;
}

absl::Status NotSeen(rpc::Reading& reading, CostStatementStore& statements,
                     const CostStatementId& id) {
  const std::optional<AppointmentId> appointment =
      statements.AppointmentOf(reading.tx(), CounselOf(reading), id);
  return appointment ? access::NotSeen(reading, appointment->text()) : Refuse(kNotFound);
}

}  // namespace bitrade::billing
