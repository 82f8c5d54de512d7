// Flags between the domain and the wire.
#pragma once

#include "bitrade/appointments/v1/appointment_agency_service.pb.h"
#include "services/appointments/domain/flag.h"

namespace bitrade::appointments {

// Returns the wire form of an appointment with its flags.
v1::FlaggedAppointment ToProto(const FlaggedAppointment& flagged);

}  // namespace bitrade::appointments
