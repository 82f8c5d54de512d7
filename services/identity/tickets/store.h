// Knows when a person's sessions were ended all at once.
#pragma once

#include "absl/time/time.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/domain/login.h"

namespace bitrade::identity {

class RevocationStore {
 public:
  // Returns the person's revocation epoch; absl::InfinitePast() when there is none.
  absl::Time EpochOf(postgres::Transaction& tx, const PersonId& person);
};

}  // namespace bitrade::identity
