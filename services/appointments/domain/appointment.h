// The agency's decision that one counsel shall assist one or more applicants in one matter
// (Swedish: förordnande).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/appointments/domain/applicant.h"
#include "services/appointments/domain/ids.h"
#include "services/appointments/domain/visibility.h"
#include "services/common/error/error.h"

namespace bitrade::appointments {

// Names as stored: APPOINTED, RELEASED.
enum class State { kAppointed, kReleased };
absl::string_view StateName(State state);
// Precondition: `name` is one that StateName gives.
State ParseState(absl::string_view name);

struct Appointment {
  AppointmentId id;
  MatterId matter;
  CounselId counsel;
  std::string matter_number;  // Swedish: ärendenummer
  std::string category;
  std::string authority = {};  // the deciding one: "MIGRATION_AGENCY"
  bool digital = true;         // what is handled on paper is not shown
  absl::CivilDay appointed_date;
  std::optional<absl::Time> visible_until;          // unset while no end is known
  std::optional<absl::Time> filings_visible_until;  // of what the counsel has filed; unset while
                                                    // no end is known
  std::optional<absl::CivilDay> released_date;      // unset in state APPOINTED
  State state = State::kAppointed;
  int64_t version = 1;  // grows by one with each change; the etag
  absl::Time create_time;
  absl::Time update_time;
  std::vector<Applicant> applicants;
};

inline const Reason kAlreadyAppointed{
    "ALREADY_APPOINTED",
    absl::StatusCode::kFailedPrecondition,
    {"Already appointed", "One of the applicants already has a counsel in this matter."},
    {"Redan förordnat", "En av de sökande har redan ett biträde i ärendet."}};

inline const Reason kNotAppointed{
    "APPOINTMENT_NOT_APPOINTED",
    absl::StatusCode::kFailedPrecondition,
    {"Not appointed", "Only an appointment in force can be released."},
    {"Inte förordnat", "Bara ett förordnande som gäller kan entledigas."}};

// Checks the day from which a new appointment holds: not after `today`.
//
// Errors: INVALID_REQUEST.
absl::Status CheckAppointedDate(absl::CivilDay day, absl::CivilDay today);

// Sets the ends that `decisions` on its applicants give; tells whether one has moved.
bool MoveEnds(Appointment& appointment, const SightDecisions& decisions);

// Makes the next version.
void Touch(Appointment& appointment, absl::Time now);

// Ends an appointment in force with `day` (Swedish: entledigande). Its end of sight has yet to be
// computed. Source: rättshjälpslagen (1996:1619) 26 §. See docs/legal-sources.md (release).
//
// Errors: INVALID_REQUEST for a day before the appointment or after `today`,
// APPOINTMENT_NOT_APPOINTED.
absl::StatusOr<Appointment> Release(Appointment appointment, absl::CivilDay day,
                                    absl::CivilDay today);

// Returns when the counsel was released: the beginning of that Stockholm day. Unset while not
// released.
std::optional<absl::Time> ReleaseTime(std::optional<absl::CivilDay> released_date);

// Returns the applicants that an appointment is to cover, in the matter's order.
//
// Errors: INVALID_REQUEST for none, for one that is not of the matter and for one named twice.
absl::StatusOr<std::vector<Applicant>> ChooseApplicants(const std::vector<Applicant>& of_matter,
                                                        const std::vector<ApplicantId>& wanted);

// What access to an appointment rests on: what other services ask and project. No personal data.
struct AccessFacts {
  AppointmentId id;
  CounselId counsel;
  MatterId matter;
  int64_t version = 1;  // facts of a greater version are newer
  bool digital = true;
  std::optional<absl::Time> visible_until;
  std::optional<absl::Time> filings_visible_until;
  std::optional<absl::Time> released;
  std::string authority = {};  // of the matter, like its category: they never change
  std::string category = {};
};
AccessFacts AccessFactsOf(const Appointment& appointment);

}  // namespace bitrade::appointments
