// How long a counsel sees an appointment and its documents.
//
// Each applicant has an end: the end of the Stockholm day three calendar months after the main
// decision gained legal force or the appeal was handed over to the court. The appointment's end is
// the latest over its applicants, and unknown while any of them has none. A release ends it
// earlier, at the end of the fourteenth day after it. The end is not moved to a working day.
// Source: the agency's page about the e-service; months by lag (1930:173) 1 §. See
// docs/legal-sources.md (visibility, months).
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace bitrade::appointments {

// What sight of an appointment follows in one main decision.
struct MainDecision {
  std::optional<absl::CivilDay> legal_force;
  std::optional<absl::CivilDay> appeal_handed_over;
};

// The main decisions on one applicant: none yet, one, or more where a new one was made.
using ApplicantDecisions = std::vector<MainDecision>;

// Returns the end that the decisions on one applicant give; unset while there is none, or one of
// them has neither gained legal force nor been handed over. Of one decision the first of the two
// counts: what ended with the hand-over does not begin again with the legal force that follows the
// court's judgment. Of several decisions the last end counts.
std::optional<absl::Time> ApplicantEnd(const ApplicantDecisions& decisions);

// Returns the instant from which the appointment is no longer seen; unset while no end is known.
// `released` is the day on which the release took effect, if there is one.
std::optional<absl::Time> EndOfSight(const std::vector<ApplicantDecisions>& applicants,
                                     std::optional<absl::CivilDay> released);

// Returns the instant from which the counsel no longer sees what the counsel has filed: three
// calendar months after the last decision on compensation gained legal force. Each element is one
// such decision's legal force; unset while there is none, or one has not gained it.
std::optional<absl::Time> EndOfFilings(
    const std::vector<std::optional<absl::CivilDay>>& compensation);

// The decisions on all applicants of an appointment that its ends follow.
struct SightDecisions {
  std::vector<ApplicantDecisions> main;  // one element for each applicant
  std::vector<std::optional<absl::CivilDay>> compensation;
};

// What stands for an unknown end where a number is needed: what absl gives for the infinite future.
constexpr int64_t kNoEndUs = std::numeric_limits<int64_t>::max();

// Returns an end in microseconds since 1970, kNoEndUs for an unknown one.
int64_t EndMicros(std::optional<absl::Time> end);

}  // namespace bitrade::appointments
