// Conflicts of interest: two applicants of one matter whose interests are opposed, as when one
// tells of violence by the other. A case system records them; no counsel assists both.
#pragma once

#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/appointments/domain/ids.h"
#include "services/common/error/error.h"

namespace bitrade::appointments {

struct ConflictOfInterest {
  ConflictId id;
  MatterId matter;
  ApplicantId applicant;
  ApplicantId opposed;
  absl::Time create_time;
  std::optional<absl::Time> withdrawn_time = {};
};

inline const Reason kConflictOfInterest{
    "CONFLICT_OF_INTEREST",
    absl::StatusCode::kFailedPrecondition,
    {"Conflict of interest",
     "The counsel has been appointed for an applicant of the matter whose interests are opposed to "
     "those of another."},
    {"Intressekonflikt",
     "Biträdet är eller har varit förordnat för en sökande i ärendet vars intressen står emot en "
     "annans."}};

// Checks that a conflict has two sides. Errors: INVALID_REQUEST.
absl::Status CheckSides(const ApplicantId& applicant, const ApplicantId& opposed);

}  // namespace bitrade::appointments
