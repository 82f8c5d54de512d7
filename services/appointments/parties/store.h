// Keeps who is both a delegate of some counsel and a party in a matter, found by the hashes that
// delegate_store.h keeps.
#pragma once

#include <vector>

#include "services/appointments/domain/party.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::appointments {

class PartyStore {
 public:
  // Returns in which matters a delegate is a party and was not yet found to be.
  std::vector<MatterId> MattersOf(postgres::Transaction& tx, const PersonId& person);

  // Returns which delegates are parties in a matter and were not yet found to be.
  std::vector<PersonId> PersonsIn(postgres::Transaction& tx, const MatterId& matter);

  // Stores what was found.
  void Insert(postgres::Transaction& tx, const Party& party);

  // Returns who was found in a matter.
  std::vector<Party> In(postgres::Transaction& tx, const MatterId& matter);

  // Returns everything that was found.
  std::vector<Party> All(postgres::Transaction& tx);
};

}  // namespace bitrade::appointments
