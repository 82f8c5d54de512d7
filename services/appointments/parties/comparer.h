// Finds out which delegates are parties in which matters: hears of delegates from registry, asks
// identity for their numbers, and compares hashes. Other services hear of who is found.
#pragma once

#include "bitrade/events/v1/event_service.pb.h"
#include "services/appointments/clients/identity.h"
#include "services/appointments/parties/delegate_store.h"
#include "services/appointments/parties/store.h"
#include "services/common/base/clock.h"
#include "services/common/base/id_source.h"
#include "services/common/postgres/connection.h"

namespace bitrade::appointments {

class Comparer {
 public:
  Comparer(DelegateStore& delegates, PartyStore& parties, IdentityClient& identity,
           const Clock& clock, IdSource& ids)
      : delegates_(delegates), parties_(parties), identity_(identity), clock_(clock), ids_(ids) {}

  // Takes note of the delegation of which an event of registry tells, in its transaction.
  void Hear(postgres::Transaction& tx, const events::v1::Event& event);
  // Before registry tells everything anew.
  void Reset(postgres::Transaction& tx) { delegates_.ReleaseAll(tx); }

  // Forgets the hashes of whoever is nobody's delegate any more, and compares whoever was not
  // compared yet. A failure leaves the rest to the next round.
  void Round(postgres::Connection& connection);

 private:
  absl::Status Compare(postgres::Connection& connection, const PersonId& person);

  DelegateStore& delegates_;
  PartyStore& parties_;
  IdentityClient& identity_;
  const Clock& clock_;
  IdSource& ids_;
};

}  // namespace bitrade::appointments
