// The stores of appointments, made once in main.
#pragma once

#include "services/appointments/appointments/store.h"
#include "services/appointments/availability/store.h"
#include "services/appointments/conflicts/store.h"
#include "services/appointments/flags/store.h"
#include "services/appointments/matters/decision_store.h"
#include "services/appointments/matters/store.h"
#include "services/appointments/parties/delegate_store.h"
#include "services/appointments/parties/store.h"

namespace bitrade::appointments {

struct Stores {
  explicit Stores(const crypto::Keyring& keyring)
      : matters(keyring), appointments(keyring), delegates(keyring) {}

  MatterStore matters;
  DecisionStore decisions;
  AppointmentStore appointments;
  AvailabilityStore availability;
  ConflictStore conflicts;
  FlagStore flags;
  DelegateStore delegates;
  PartyStore parties;
};

}  // namespace bitrade::appointments
