// Availability between the domain and the wire.
#pragma once

#include "absl/status/statusor.h"
#include "bitrade/appointments/v1/availability_service.pb.h"
#include "services/appointments/domain/availability.h"

namespace bitrade::appointments {

// Returns the wire form of a counsel's availability.
v1::Availability ToProto(const Availability& availability);

// Returns the status that a counsel sets. Errors: INVALID_REQUEST.
absl::StatusOr<AvailabilityStatus> StatusFrom(const v1::UpdateAvailabilityRequest& request);

}  // namespace bitrade::appointments
