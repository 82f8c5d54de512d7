// Claims and calculations between the wire and the domain.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "bitrade/billing/v1/calculation.pb.h"
#include "services/billing/domain/calculation.h"
#include "services/billing/domain/claim.h"

namespace bitrade::billing {

// Returns the claim of a calculation, whose filing date the caller gives.
// Errors: INVALID_REQUEST with a violation for each faulty field, "input.work[0].minutes".
absl::StatusOr<Claim> FromProto(const v1::CalculationInput& input);

// Returns the claim of a cost statement that is filed on a day that the service knows.
// Errors: as above.
absl::StatusOr<Claim> FromProto(const v1::CalculationInput& input, absl::CivilDay filing_date);

// Returns the wire form of a calculation.
v1::CalculationResult ToProto(const Calculation& calculation);

}  // namespace bitrade::billing
