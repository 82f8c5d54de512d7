// Flags: what has come to light of an appointment in force that would have been a hard stop when it
// was made. An officer decides what becomes of it.
//
// Source: utlänningslagen (2005:716) 13 kap. 11 a §. See docs/legal-sources.md (ineligibility).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/appointments/domain/availability.h"
#include "services/appointments/domain/ids.h"

namespace bitrade::appointments {

// Names as stored: COUNSEL_INELIGIBLE, COUNSEL_REMOVED, CONFLICT_OF_INTEREST.
enum class FlagKind { kCounselIneligible, kCounselRemoved, kConflict };
absl::string_view FlagKindName(FlagKind kind);
// Precondition: `name` is one that FlagKindName gives.
FlagKind ParseFlagKind(absl::string_view name);

struct Flag {
  FlagId id;
  AppointmentId appointment;
  FlagKind kind = FlagKind::kConflict;
  int64_t register_version = 0;  // of the counsel's record that says so; 0 for a conflict
  absl::Time raised_time;
};

// An appointment in force with the flags that stand.
struct FlaggedAppointment {
  AppointmentId id;
  MatterId matter;
  CounselId counsel;
  std::vector<Flag> flags;
};

// Returns the flag that a counsel's listing raises on her appointments; nullopt for a listing with
// which appointments go on.
std::optional<FlagKind> FlagOf(Listing listing);

}  // namespace bitrade::appointments
