#include "services/retention/disposals/convert.h"

#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::retention {
namespace {

v1::Disposal::State StateToProto(State state) {
  switch (state) {
    case State::kScheduled:
      return v1::Disposal::SCHEDULED;
    case State::kRunning:
      return v1::Disposal::RUNNING;
    case State::kDone:
      return v1::Disposal::DONE;
  }
  return v1::Disposal::STATE_UNSPECIFIED;
}

v1::Evidence EvidenceToProto(const Evidence& evidence) {
  v1::Evidence out;
  out.set_document_id(evidence.document.text());
  out.set_sha256(evidence.sha256);
  out.set_size(evidence.size);
  out.set_chunks(evidence.chunks);
  rpc::SetTime(evidence.disposed_time, *out.mutable_disposed_time());
  return out;
}

}  // namespace

v1::Disposal ToProto(const Disposal& disposal) {
  v1::Disposal out;
  out.set_id(disposal.id.text());
  out.set_appointment_id(disposal.appointment.text());
  out.set_state(StateToProto(disposal.state));
  if (disposal.due_time) rpc::SetTime(*disposal.due_time, *out.mutable_due_time());
  if (disposal.done_time) rpc::SetTime(*disposal.done_time, *out.mutable_done_time());
  for (const Evidence& evidence : disposal.evidence) {
    *out.add_evidence() = EvidenceToProto(evidence);
  }
  return out;
}

absl::StatusOr<AppointmentId> FromProto(const v1::ListDisposalsRequest& request) {
  Violations violations;
  if (!IsUuid(request.appointment_id())) {
    violations.Add("appointment_id", request.appointment_id().empty() ? "REQUIRED" : "MALFORMED",
                   "a UUID");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return AppointmentId::Trusted(request.appointment_id());
}

}  // namespace bitrade::retention
