#include "services/appointments/conflicts/convert.h"

#include "services/appointments/wire.h"
#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::appointments {

v1::ConflictOfInterest ToProto(const ConflictOfInterest& conflict,
                               const std::vector<AppointmentId>& flagged) {
  v1::ConflictOfInterest out;
  out.set_id(conflict.id.text());
  out.set_matter_id(conflict.matter.text());
  out.set_applicant_id(conflict.applicant.text());
  out.set_opposed_applicant_id(conflict.opposed.text());
  for (const AppointmentId& id : flagged) out.add_flagged_appointment_ids(id.text());
  rpc::SetTime(conflict.create_time, *out.mutable_create_time());
  if (conflict.withdrawn_time) {
    rpc::SetTime(*conflict.withdrawn_time, *out.mutable_withdrawn_time());
  }
  return out;
}

absl::StatusOr<NewConflict> FromProto(const v1::RecordConflictOfInterestRequest& request) {
  Violations violations;
  NewConflict conflict{
      .matter = IdFrom<MatterId>(request.matter_id(), "matter_id", violations),
      .applicant = IdFrom<ApplicantId>(request.applicant_id(), "applicant_id", violations),
      .opposed =
          IdFrom<ApplicantId>(request.opposed_applicant_id(), "opposed_applicant_id", violations)};
  RETURN_IF_ERROR(violations.ToStatus());
  return conflict;
}

}  // namespace bitrade::appointments
