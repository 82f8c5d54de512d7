// How other services hear of an appointment: the facts that access rests on, as
// services/common/access reads them.
#pragma once

#include <map>
#include <string>

#include "services/appointments/domain/appointment.h"
#include "services/common/rpc/use_case.h"

namespace bitrade::appointments {

// Returns the facts as an event's data.
std::map<std::string, std::string> DataOf(const AccessFacts& facts);

// Tells of a change of `appointment`, whose version has grown: "APPOINTED", "RELEASED",
// "END_MOVED", "PROTECTED".
void Announce(rpc::Changing& changing, const Appointment& appointment, const std::string& kind);

}  // namespace bitrade::appointments
