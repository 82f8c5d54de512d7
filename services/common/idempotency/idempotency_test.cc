#include "services/common/idempotency/idempotency.h"

#include "migrations/common_schema.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::idempotency {
namespace {

using testing::CodeOf;
using testing::Database;
using testing::ReasonOf;

const crypto::Keyring kKeyring({{"k1", std::string(32, 'k')}});
const Key kKey{"person", "counsel", "Service/Method", "key"};
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

absl::StatusOr<std::optional<std::string>> FindAt(Database& database, const Key& key,
                                                  const std::string& request, absl::Time now) {
  return database.connection().Transact([&](postgres::Transaction& tx) {
    return Find(tx, kKeyring, {key, request}, now, kIdempotencyKeyReused);
  });
}

void KeepAt(Database& database, const Key& key, absl::Time expire) {
  REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) {
    Keep(tx, kKeyring, {key, "request"}, "answer", expire);
    return absl::OkStatus();
  }));
}

TEST_CASE("A repeated request gets the first answer until the key expires",
          "[idempotency][postgres]") {
  Database database(common_schema());
  CHECK(FindAt(database, kKey, "request", kNow).value() == std::nullopt);
  KeepAt(database, kKey, kNow + kKeyLife);
  CHECK(FindAt(database, kKey, "request", kNow).value() == "answer");
  CHECK(FindAt(database, kKey, "request", kNow + kKeyLife).value() == std::nullopt);
  KeepAt(database, kKey, kNow + 2 * kKeyLife);
  CHECK(FindAt(database, kKey, "request", kNow + kKeyLife).value() == "answer");
}

TEST_CASE("A key that belongs to another request is refused, another caller's is not",
          "[idempotency][postgres]") {
  Database database(common_schema());
  KeepAt(database, kKey, kNow + kKeyLife);
  CHECK(ReasonOf(FindAt(database, kKey, "another", kNow)) == "IDEMPOTENCY_KEY_REUSED");
  Key foreign = kKey;
  foreign.caller = "somebody else";
  CHECK(FindAt(database, foreign, "another", kNow).value() == std::nullopt);
}

TEST_CASE("A second call while the first still runs is told so", "[idempotency][postgres]") {
  Database database(common_schema());
  postgres::Connection second(database.conninfo());
  REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
    CHECK(Find(tx, kKeyring, {kKey, "request"}, kNow, kIdempotencyKeyReused).value() ==
          std::nullopt);
    const auto told = second.Transact([&](postgres::Transaction& other) {
      return Find(other, kKeyring, {kKey, "request"}, kNow, kIdempotencyKeyReused);
    });
    CHECK(CodeOf(told) == absl::StatusCode::kAborted);
    return absl::OkStatus();
  }));
}

TEST_CASE("Only expired keys are purged, source ids never", "[idempotency][postgres]") {
  Database database(common_schema());
  Key source = kKey;
  source.key = "source";
  KeepAt(database, kKey, kNow);
  KeepAt(database, source, absl::InfiniteFuture());
  const auto purged =
      database.connection().Transact([](postgres::Transaction& tx) { return Purge(tx, kNow); });
  CHECK(purged.value() == 1);
  CHECK(FindAt(database, source, "request", kNow).value() == "answer");
}

TEST_CASE("Answers lie encrypted", "[idempotency][postgres]") {
  Database database(common_schema());
  KeepAt(database, kKey, kNow + kKeyLife);
  CHECK(database.Run("SELECT position('answer'::bytea IN answer) FROM idempotency_key")[0][0]
            .as<int>() == 0);
}

}  // namespace
}  // namespace bitrade::idempotency
