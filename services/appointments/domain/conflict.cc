#include "services/appointments/domain/conflict.h"

namespace bitrade::appointments {

absl::Status CheckSides(const ApplicantId& applicant, const ApplicantId& opposed) {
  Violations violations;
  if (applicant == opposed) {
    violations.Add("opposed_applicant_id", "OUT_OF_RANGE", "another applicant");
  }
  return violations.ToStatus();
}

}  // namespace bitrade::appointments
