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

enum class State { kScheduled, kRunning, kDone };
absl::string_view StateName(State state);
// Precondition: `name` is one that StateName gives.
State ParseState(absl::string_view name);

// What is left of one document.
struct Evidence {
  std::string document_id;
  std::string sha256;
  int64_t size = 0;
  absl::Time disposed_time;
};

struct Disposal {
  DisposalId id;
  AppointmentId appointment;
  absl::Time due_time;
  std::optional<absl::Time> done_time;
  State state = State::kScheduled;
  std::vector<Evidence> evidence;
};

// How long after the end of visibility the copies are kept, from which day on.
struct GracePeriod {
  absl::CivilDay valid_from;
  std::optional<absl::CivilDay> valid_to;
  int days = 0;
};

inline const Reason kGracePeriodUnknown{"GRACE_PERIOD_UNKNOWN",
                                        absl::StatusCode::kFailedPrecondition,
                                        {"Grace period unknown", "No grace period holds on {day}."},
                                        {"Okänd respittid", "Ingen respittid gäller den {day}."}};

// Returns when the copies of what was visible until `visible_until` are due for disposal: the grace
// period of that day later.
//
// Errors: GRACE_PERIOD_UNKNOWN for a day in no row.
absl::StatusOr<absl::Time> DueTime(absl::Time visible_until,
                                   const std::vector<GracePeriod>& periods);

}  // namespace bitrade::retention
