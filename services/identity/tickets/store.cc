#include "services/identity/tickets/store.h"

#include "services/common/postgres/values.h"

namespace bitrade::identity {

// At most one row.
constexpr postgres::Statement kEpoch{"revocations_epoch", R"sql(
    SELECT epoch FROM revocation WHERE person_id = $1)sql"};

absl::Time RevocationStore::EpochOf(postgres::Transaction& tx, const PersonId& person) {
  const pqxx::result rows = tx.Exec(kEpoch, person.text());
  return rows.empty() ? absl::InfinitePast() : postgres::ReadTime(rows[0][0]);
}

}  // namespace bitrade::identity
