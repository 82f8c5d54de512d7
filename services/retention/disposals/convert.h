// Disposals on the wire.
#pragma once

#include "absl/status/statusor.h"
#include "bitrade/retention/v1/disposal_agency_service.pb.h"
#include "services/retention/domain/disposal.h"

namespace bitrade::retention {

// Returns the wire form of a disposal, with the evidence that there is so far.
v1::Disposal ToProto(const Disposal& disposal);

// Returns whose disposals are asked for. Errors: INVALID_REQUEST.
absl::StatusOr<AppointmentId> FromProto(const v1::ListDisposalsRequest& request);

}  // namespace bitrade::retention
