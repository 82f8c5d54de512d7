#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::postgres {
namespace {

using testing::CodeOf;

const Migration kFirst{"test/0001_create_a.sql", "CREATE TABLE a (id int)"};
const Migration kSecond{"test/0002_create_b.sql", "CREATE TABLE b (id int)"};

TEST_CASE("Files are applied once and in order", "[postgres]") {
  testing::Database database({kFirst});
  CHECK(Migrate(database.conninfo(), {kFirst}, "").value() == 0);
  CHECK(Migrate(database.conninfo(), {kFirst, kSecond}, "").value() == 1);
}

TEST_CASE("A file that changed after it was applied stops everything", "[postgres]") {
  testing::Database database({kFirst});
  const Migration changed{kFirst.name, "CREATE TABLE a (id bigint)"};
  CHECK(CodeOf(Migrate(database.conninfo(), {changed}, "")) ==
        absl::StatusCode::kFailedPrecondition);
}

TEST_CASE("A binary older than its schema refuses to migrate", "[postgres]") {
  testing::Database database({kFirst, kSecond});
  CHECK(CodeOf(Migrate(database.conninfo(), {kFirst}, "")) ==
        absl::StatusCode::kFailedPrecondition);
}

TEST_CASE("A file that fails leaves nothing of itself", "[postgres]") {
  testing::Database database({kFirst});
  const Migration half{"test/0002_half.sql", "CREATE TABLE c (id int); SELECT 1/0"};
  CHECK_FALSE(Migrate(database.conninfo(), {kFirst, half}, "").ok());
  CHECK(database.Run("SELECT to_regclass('c') IS NULL")[0][0].as<bool>());
  CHECK(Migrate(database.conninfo(), {kFirst, kSecond}, "").value() == 1);
}

}  // namespace
}  // namespace bitrade::postgres
