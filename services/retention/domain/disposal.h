// When the e-service's copies of an appointment's documents are destroyed (Swedish: gallring), and
// what is kept as evidence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"

namespace bitrade::retention {

using DisposalId = Id<struct DisposalTag>;
using AppointmentId = Id<struct AppointmentTag>;
using DocumentId = Id<struct DocumentTag>;

// Names as stored: SCHEDULED, RUNNING, DONE.
enum class State { kScheduled, kRunning, kDone };
absl::string_view StateName(State state);
// Precondition: `name` is one that StateName gives.
State ParseState(absl::string_view name);

// What is left of one document.
struct Evidence {
  DocumentId document;
  std::string sha256;  // of what the content was, lower-case hexadecimal
  int64_t size = 0;    // bytes
  int64_t chunks = 0;
  absl::Time disposed_time;
};

// The destruction of what an appointment's documents held.
struct Disposal {
  DisposalId id;
  AppointmentId appointment;
  absl::Time visible_until;            // InfiniteFuture while no end is known
  std::optional<absl::Time> due_time;  // unset while the end or its grace period is not known
  std::optional<absl::Time> done_time;
  State state = State::kScheduled;
  int64_t appointment_version = 0;  // of the fact that visible_until comes from
  std::vector<Evidence> evidence;
};

// Until when an appointment is seen, as appointments tells it.
struct Sight {
  AppointmentId appointment;
  absl::Time visible_until;  // InfiniteFuture while no end is known
  int64_t version = 0;       // of the appointment
};

// What news about sight does to the latest disposal of its appointment.
enum class Effect { kNothing, kOpen, kMove };

// Decides that. Older news does nothing. A disposal that is not done moves, even if it had begun;
// one that is done stays, and sight that goes on after it opens another.
Effect EffectOf(const std::optional<Disposal>& latest, const Sight& sight);

// How long after the end of visibility the copies are kept, from which day to which.
struct GracePeriod {
  absl::CivilDay valid_from;
  std::optional<absl::CivilDay> valid_to;  // the last day; unset: until further notice
  int days = 0;
};

inline const Reason kGracePeriodUnknown{"GRACE_PERIOD_UNKNOWN",
                                        absl::StatusCode::kFailedPrecondition,
                                        {"Grace period unknown", "No grace period holds on {day}."},
                                        {"Okänd respittid", "Ingen respittid gäller den {day}."}};

// Returns when the copies of what was visible until `visible_until` are due for disposal: the grace
// period of that Swedish day later, in days of 24 hours.
//
// Errors: GRACE_PERIOD_UNKNOWN for a day in no row.
absl::StatusOr<absl::Time> DueTime(absl::Time visible_until,
                                   const std::vector<GracePeriod>& periods);

}  // namespace bitrade::retention
