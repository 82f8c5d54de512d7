#include "services/appointments/domain/appointment.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/names.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"

namespace bitrade::appointments {
namespace {

constexpr std::array<std::pair<State, const char*>, 2> kStates{
    {{State::kAppointed, "APPOINTED"}, {State::kReleased, "RELEASED"}}};

absl::Status OutOfRange(absl::string_view field, absl::string_view detail) {
  Violations violations;
  violations.Add(field, "OUT_OF_RANGE", detail);
  return violations.ToStatus();
}

}  // namespace

absl::string_view StateName(State state) { return NameIn(kStates, state); }

State ParseState(absl::string_view name) { return ValueIn(kStates, name); }

absl::Status CheckAppointedDate(absl::CivilDay day, absl::CivilDay today) {
  return day > today ? OutOfRange("appointed_date", "not in the future") : absl::OkStatus();
}

bool MoveEnds(Appointment& appointment, const SightDecisions& decisions) {
  const auto sight = EndOfSight(decisions.main, appointment.released_date);
  const auto filings = EndOfFilings(decisions.compensation);
  if (sight == appointment.visible_until && filings == appointment.filings_visible_until) {
    return false;
  }
  appointment.visible_until = sight;
  appointment.filings_visible_until = filings;
  return true;
}

void Touch(Appointment& appointment, absl::Time now) {
  ++appointment.version;
  appointment.update_time = now;
}

absl::StatusOr<Appointment> Release(Appointment appointment, absl::CivilDay day,
                                    absl::CivilDay today) {
  if (appointment.state != State::kAppointed) return Refuse(kNotAppointed);
  if (day > today) return OutOfRange("released_date", "not in the future");
  if (day < appointment.appointed_date)
    return OutOfRange("released_date", "not before the appointment");
  appointment.state = State::kReleased;
  appointment.released_date = day;
  return appointment;
}

std::optional<absl::Time> ReleaseTime(std::optional<absl::CivilDay> released_date) {
  if (!released_date) return std::nullopt;
  return EndOfSwedishDay(*released_date - 1);
}

absl::StatusOr<std::vector<Applicant>> ChooseApplicants(const std::vector<Applicant>& of_matter,
                                                        const std::vector<ApplicantId>& wanted) {
  Violations violations;
  std::set<ApplicantId> chosen;
  if (wanted.empty()) violations.Add("applicant_ids", "REQUIRED", "one to all of the matter's");
  for (size_t index = 0; index < wanted.size(); ++index) {
    const bool known = std::any_of(of_matter.begin(), of_matter.end(),
                                   [&](const Applicant& one) { return one.id == wanted[index]; });
    if (!known || !chosen.insert(wanted[index]).second) {
      violations.Add(absl::StrCat("applicant_ids[", index, "]"), known ? "REPEATED" : "UNKNOWN",
                     "each an applicant of the matter, once");
    }
  }
  RETURN_IF_ERROR(violations.ToStatus());
  std::vector<Applicant> applicants;
  std::copy_if(of_matter.begin(), of_matter.end(), std::back_inserter(applicants),
               [&](const Applicant& one) { return chosen.count(one.id) > 0; });
  return applicants;
}

AccessFacts AccessFactsOf(const Appointment& appointment) {
  return {.id = appointment.id,
          .counsel = appointment.counsel,
          .matter = appointment.matter,
          .version = appointment.version,
          .digital = appointment.digital,
          .visible_until = appointment.visible_until,
          .filings_visible_until = appointment.filings_visible_until,
          .released = ReleaseTime(appointment.released_date),
          .authority = appointment.authority,
          .category = appointment.category};
}

}  // namespace bitrade::appointments
