// Records a conflict of interest, and what it means for appointments that are there already.
#pragma once

#include "absl/status/statusor.h"
#include "bitrade/appointments/v1/matter_agency_service.pb.h"
#include "services/appointments/stores.h"
#include "services/common/rpc/use_case.h"

namespace bitrade::appointments {

// Records what a case system describes, and flags the appointments that it puts into doubt; both
// are told. The same two again change nothing.
// Errors: INVALID_REQUEST, NOT_FOUND for what is not of a matter within `reach`.
absl::StatusOr<v1::ConflictOfInterest> RecordConflict(
    rpc::Changing& changing, Stores& stores, const v1::RecordConflictOfInterestRequest& request,
    const Reach& reach);

// Withdraws a conflict: it stops nobody any more, and flags that rest on no other are lowered and
// told. Again it changes nothing. Errors: INVALID_REQUEST, NOT_FOUND for one out of `reach`.
absl::StatusOr<v1::ConflictOfInterest> WithdrawConflict(
    rpc::Changing& changing, Stores& stores, const v1::WithdrawConflictOfInterestRequest& request,
    const Reach& reach);

}  // namespace bitrade::appointments
