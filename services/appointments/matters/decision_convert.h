// Decisions between the domain and the wire.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "bitrade/appointments/v1/matter_agency_service.pb.h"
#include "services/appointments/domain/decision.h"

namespace bitrade::appointments {

// What a case system records of a new decision.
struct NewDecision {
  MatterId matter;
  ApplicantId applicant;
  DecisionKind kind = DecisionKind::kMain;
  absl::CivilDay decided;
  std::optional<CounselId> counsel;  // whom a decision about a counsel is about, if it was said
};

// A fact of a decision: a day, and of service how.
struct NewFact {
  DecisionId decision;
  absl::CivilDay day;
  std::string method;  // of service
};

// Returns the wire form of a decision.
v1::Decision ToProto(const Decision& decision);

// Return what a case system describes. Errors: INVALID_REQUEST with all faults of form.
absl::StatusOr<NewDecision> FromProto(const v1::RecordDecisionRequest& request);
absl::StatusOr<NewFact> FromProto(const v1::RecordServiceRequest& request);
absl::StatusOr<NewFact> FromProto(const v1::RecordLegalForceRequest& request);
absl::StatusOr<NewFact> FromProto(const v1::RecordAppealHandOverRequest& request);

}  // namespace bitrade::appointments
