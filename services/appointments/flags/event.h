// How other services hear of a flag: aggregate `appointment_flag`, kinds RAISED and LOWERED. No
// personal data.
#pragma once

#include <map>
#include <string>

#include "services/appointments/domain/flag.h"

namespace bitrade::appointments {

inline constexpr int64_t kRaisedVersion = 1;
inline constexpr int64_t kLoweredVersion = 2;

// Returns which appointment a flag is on, and why, as an event's data.
inline std::map<std::string, std::string> EventData(const Flag& flag) {
  return {{"appointment_id", flag.appointment.text()},
          {"kind", std::string(FlagKindName(flag.kind))}};
}

}  // namespace bitrade::appointments
