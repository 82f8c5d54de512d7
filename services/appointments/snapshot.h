// What a consumer that starts over gets from appointments: one event for each appointment.
#pragma once

#include <vector>

#include "bitrade/events/v1/event_service.pb.h"
#include "services/appointments/appointments/store.h"

namespace bitrade::appointments {

std::vector<events::v1::Event> Snapshot(AppointmentStore& store, postgres::Transaction& tx);

}  // namespace bitrade::appointments
