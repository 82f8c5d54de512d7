// Conflicts of interest between the domain and the wire.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "bitrade/appointments/v1/matter_agency_service.pb.h"
#include "services/appointments/domain/conflict.h"

namespace bitrade::appointments {

// What a case system describes: whose interests are opposed.
struct NewConflict {
  MatterId matter;
  ApplicantId applicant;
  ApplicantId opposed;
};

// Returns the wire form of a conflict with the appointments that it puts into doubt.
v1::ConflictOfInterest ToProto(const ConflictOfInterest& conflict,
                               const std::vector<AppointmentId>& flagged);

// Returns the conflict that a case system describes. Errors: INVALID_REQUEST with all faults of
// form.
absl::StatusOr<NewConflict> FromProto(const v1::RecordConflictOfInterestRequest& request);

}  // namespace bitrade::appointments
