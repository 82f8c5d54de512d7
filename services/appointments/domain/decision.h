// A decision on one applicant of a matter, and the facts that are recorded of it one by one:
// service, legal force, hand-over of the appeal. A fact once recorded stands: recorded again alike
// it changes nothing, recorded differently it is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/appointments/domain/ids.h"
#include "services/common/error/error.h"

namespace bitrade::appointments {

// What a decision decides; visibility follows the main one. Names as stored: MAIN, RELEASE,
// COMPENSATION, ADVANCE.
enum class DecisionKind { kMain, kRelease, kCompensation, kAdvance };
absl::string_view DecisionKindName(DecisionKind kind);
// Precondition: `name` is one that DecisionKindName gives.
DecisionKind ParseDecisionKind(absl::string_view name);

struct Decision {
  DecisionId id;
  MatterId matter;
  ApplicantId applicant;
  DecisionKind kind = DecisionKind::kMain;
  absl::CivilDay decided;
  std::optional<absl::CivilDay> service_date;  // Swedish: delgivning
  std::string service_method;                 // ORDINARY, SIMPLIFIED, IN_PERSON; empty until served
  std::optional<absl::CivilDay> legal_force;  // Swedish: laga kraft
  std::optional<absl::CivilDay> appeal_handed_over;
  int64_t version = 1;  // grows by one with each new fact
  // Of a decision about a counsel: whom; unset where it was not said.
  std::optional<CounselId> counsel = {};
};

inline const Reason kDecisionFactDiffers{
    "DECISION_FACT_DIFFERS",
    absl::StatusCode::kFailedPrecondition,
    {"Recorded differently", "This fact of the decision is already recorded with other content."},
    {"Redan registrerat annorlunda",
     "Den här uppgiften om beslutet är redan registrerad med annat innehåll."}};

// Checks the day of a new decision: not after `today`.
//
// Errors: INVALID_REQUEST.
absl::Status CheckDecided(absl::CivilDay decided, absl::CivilDay today);

// Records that the applicant got part of the decision. The version grows only by what is new.
// Source: delgivningslagen (2010:1932) 22-26 §§. See docs/legal-sources.md (service).
//
// Errors: INVALID_REQUEST for an unknown method and for a day before the decision or after `today`;
// simplified service has its day two weeks after the document was sent, so that it may be that far
// ahead. DECISION_FACT_DIFFERS.
absl::StatusOr<Decision> RecordService(Decision decision, absl::CivilDay day,
                                       absl::string_view method, absl::CivilDay today);

// Records that the decision gained legal force on `day`. The version grows only by what is new.
//
// Errors: INVALID_REQUEST for a day before the decision or after `today`, DECISION_FACT_DIFFERS.
absl::StatusOr<Decision> RecordLegalForce(Decision decision, absl::CivilDay day,
                                          absl::CivilDay today);

// Records that the appeal was handed over to the court on `day`. The version grows only by what is
// new.
//
// Errors: INVALID_REQUEST for a day before the decision or after `today`, DECISION_FACT_DIFFERS.
absl::StatusOr<Decision> RecordAppealHandOver(Decision decision, absl::CivilDay day,
                                              absl::CivilDay today);

}  // namespace bitrade::appointments
