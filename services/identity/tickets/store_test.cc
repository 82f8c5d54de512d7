#include "services/identity/tickets/store.h"

#include "migrations/identity_schema.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::identity {
namespace {

TEST_CASE("The epoch of a person is what the table says, and long past for others",
          "[identity][postgres]") {
  testing::Database database(identity_schema());
  const std::string person = "00000000-0000-7000-8000-000000000002";
  database.Run("INSERT INTO person VALUES ('" + person + "', 'x', '2026-01-01Z')");
  database.Run("INSERT INTO revocation VALUES ('" + person + "', '2026-03-02T10:00:00.5Z')");
  RevocationStore store;
  REQUIRE_OK(database.connection().Read([&](postgres::Transaction& tx) {
    CHECK(store.EpochOf(tx, PersonId::Trusted(person)) == absl::FromUnixMillis(1'772'445'600'500));
    CHECK(store.EpochOf(tx, PersonId::Trusted("00000000-0000-7000-8000-000000000009")) ==
          absl::InfinitePast());
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace bitrade::identity
