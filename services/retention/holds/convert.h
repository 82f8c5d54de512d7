// Legal holds on the wire.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "bitrade/retention/v1/legal_hold_agency_service.pb.h"
#include "services/retention/domain/legal_hold.h"

namespace bitrade::retention {

struct NewHold {
  AppointmentId appointment;
  std::string decision_number;
  std::string reason;
};

struct NewPreparation {
  LegalHoldId hold;
  std::string reason;
};

v1::LegalHold ToProto(const LegalHold& hold);

// Return what is asked. Errors: INVALID_REQUEST with all faults.
absl::StatusOr<NewHold> FromProto(const v1::PlaceLegalHoldRequest& request);
absl::StatusOr<NewPreparation> FromProto(const v1::PrepareLegalHoldReleaseRequest& request);

}  // namespace bitrade::retention
