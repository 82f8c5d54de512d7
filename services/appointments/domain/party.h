// Whoever helps a counsel is no party in the matter.
//
// Source: förvaltningslagen (2017:900) 14 §.
// See docs/legal-sources.md (delegates).
#pragma once

#include "absl/time/time.h"
#include "services/appointments/domain/ids.h"

namespace bitrade::appointments {

// A delegation that has not ended, whatever has come of it yet.
struct Helping {
  DelegationId delegation;
  PersonId person;
  absl::Time until;
};

// A delegate of some counsel who is a party in a matter.
struct Party {
  PartyId id;
  PersonId person;
  MatterId matter;
};

}  // namespace bitrade::appointments
