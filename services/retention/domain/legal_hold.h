// What must not be destroyed although it is due (Swedish: gallringsstopp): PLACED →
// RELEASE_PREPARED → RELEASED, the last two steps by different officers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/error/error.h"
#include "services/retention/domain/disposal.h"

namespace bitrade::retention {

using LegalHoldId = Id<struct LegalHoldTag>;

// Who wants a hold released, since when.
struct Preparation {
  std::string officer;
  absl::Time time;
};

struct LegalHold {
  LegalHoldId id;
  AppointmentId appointment;
  std::string decision_number;  // of the decision that placed it, at most 40 characters
  absl::Time placed_time;
  std::optional<Preparation> preparation;
  std::optional<absl::Time> released_time;
  std::string released_by = {};  // the officer; empty while it stands
  int64_t version = 1;           // grows by one with each step
};

inline const Reason kLegalHoldReleased{"LEGAL_HOLD_RELEASED",
                                       absl::StatusCode::kFailedPrecondition,
                                       {"Already released", "The legal hold has been released."},
                                       {"Redan hävt", "Gallringsstoppet är hävt."}};

inline const Reason kReleaseNotPrepared{
    "LEGAL_HOLD_RELEASE_NOT_PREPARED",
    absl::StatusCode::kFailedPrecondition,
    {"Release not prepared", "An officer has to prepare the release before another decides it."},
    {"Hävningen är inte förberedd",
     "En handläggare ska förbereda hävningen innan en annan beslutar den."}};

inline const Reason kFourEyesRequired{
    "FOUR_EYES_REQUIRED",
    absl::StatusCode::kFailedPrecondition,
    {"Another officer decides", "Whoever prepared this must not decide it."},
    {"En annan handläggare beslutar", "Den som har förberett ärendet får inte besluta det."}};

// Prepares a release. Errors: LEGAL_HOLD_RELEASED.
absl::StatusOr<LegalHold> PrepareRelease(LegalHold hold, absl::string_view officer, absl::Time now);

// Releases a hold; one that is released stays as it is. Errors: LEGAL_HOLD_RELEASE_NOT_PREPARED,
// FOUR_EYES_REQUIRED.
absl::StatusOr<LegalHold> Release(LegalHold hold, absl::string_view officer, absl::Time now);

}  // namespace bitrade::retention
