// Applicants between the domain and the wire.
#pragma once

#include "absl/strings/string_view.h"
#include "bitrade/appointments/v1/matter.pb.h"
#include "services/appointments/domain/applicant.h"

namespace bitrade::appointments {

// Fills `out` with what is shown of an applicant; with contact details where `applicant` has them,
// never with identifiers. A caller who needs it no more moves it in.
void ToProto(Applicant applicant, v1::Applicant& out);

// Returns what a case system tells of an applicant; adds the faults of form to `violations`, with
// `field` ("applicants[0]") before their names.
ApplicantDetails FromProto(const v1::Applicant& in, absl::string_view field,
                           Violations& violations);

// Returns the level that the wire names, or UNPROTECTED with a fault in `field`.
ProtectionLevel LevelFrom(v1::ProtectionLevel level, absl::string_view field,
                          Violations& violations);

}  // namespace bitrade::appointments
