// Matters and applicants between the domain and the wire.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "bitrade/appointments/v1/matter_agency_service.pb.h"
#include "services/appointments/domain/matter.h"

namespace bitrade::appointments {

// What a case system says of a person who is to be protected from now on.
struct NewProtection {
  ApplicantId applicant;
  ProtectionLevel level = ProtectionLevel::kUnprotected;
  std::string agency_channel;
};

// Returns the wire form of a matter, without contact details: what is remembered as the answer to a
// source id outlives a protection that is raised later.
v1::Matter ToProto(const Matter& matter);

// Return what a case system describes. Errors: INVALID_REQUEST with all faults of form.
absl::StatusOr<MatterDetails> FromProto(const v1::RegisterMatterRequest& request);
absl::StatusOr<NewProtection> FromProto(const v1::RaiseProtectionRequest& request);

}  // namespace bitrade::appointments
