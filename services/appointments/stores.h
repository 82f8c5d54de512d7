// The stores of appointments, made once in main.
#pragma once

#include "services/appointments/appointments/store.h"
#include "services/appointments/availability/store.h"
#include "services/appointments/matters/decision_store.h"
#include "services/appointments/matters/store.h"

namespace bitrade::appointments {

struct Stores {
  explicit Stores(const crypto::Keyring& keyring) : matters(keyring), appointments(keyring) {}

  MatterStore matters;
  DecisionStore decisions;
  AppointmentStore appointments;
  AvailabilityStore availability;
};

}  // namespace bitrade::appointments
