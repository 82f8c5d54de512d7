#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "migrations/common_schema.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/keyring.h"
#include "services/common/events/append.h"
#include "services/common/events/numbering.h"
#include "services/common/events/sequencer.h"
#include "services/common/idempotency/idempotency.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::events {
namespace {

using postgres::Statement;
using postgres::Transaction;
using testing::Database;

constexpr int kWriters = 16;
constexpr int kChanges = 60;  // of each writer
constexpr int kThings = 5;

constexpr Statement kEarly{"test_early", "INSERT INTO early DEFAULT VALUES"};
constexpr Statement kRaise{
    "test_raise", "UPDATE thing SET version = version + 1 WHERE id = $1 RETURNING version"};

std::string IdOf(int thing) { return absl::StrFormat("00000000-0000-7000-8000-%012d", thing); }

// A change as the house makes them: a row that takes the transaction's id first (as the idempotency
// row does), then the lock, then the event.
absl::Status Change(Transaction& tx, int thing, const std::string& kind) {
  tx.Exec(kEarly);
  const auto version = tx.Exec(kRaise, thing)[0][0].as<int64_t>();
  Append(tx, {"thing", IdOf(thing), version, kind, absl::UnixEpoch(), "tester", {}});
  return absl::OkStatus();
}

struct Things {
  Things() : database(common_schema()) {
    database.Run(absl::StrCat(
        "CREATE TABLE early (id int GENERATED ALWAYS AS IDENTITY); CREATE TABLE thing (id int "
        "PRIMARY "
        "KEY, version int NOT NULL); INSERT INTO thing SELECT g, 0 FROM generate_series(0, ",
        kThings + kWriters, ") g"));
  }
  int64_t Count(const std::string& condition) {
    return database.Run("SELECT count(*) FROM event WHERE " + condition)[0][0].as<int64_t>();
  }
  Database database;
};

// Of one thing, a later position has a later version; none is missing and none stands twice.
void CheckOrder(Things& things, int64_t events) {
  CHECK(things.Count("position IS NOT NULL") == events);
  CHECK(things.Count(absl::StrCat("position BETWEEN 1 AND ", events)) == events);
  CHECK(things.database
            .Run("SELECT count(*) FROM (SELECT version, row_number() OVER (PARTITION BY "
                 "aggregate_id ORDER BY position) AS nth FROM event) e WHERE version <> nth")[0][0]
            .as<int64_t>() == 0);
}

TEST_CASE("Sixteen writers at once lose no event and invert none", "[events][postgres]") {
  Things things;
  testing::FakeIds ids;
  std::atomic<int> failed{0};
  {
    Sequencer sequencer(things.database.conninfo(), {NumberEvents}, ids, absl::Milliseconds(1));
    std::vector<std::thread> writers;
    for (int writer = 0; writer < kWriters; ++writer) {
      writers.emplace_back([&things, &failed, writer] {
        postgres::Connection connection(things.database.conninfo());
        for (int i = 0; i < kChanges; ++i) {
          failed += !connection
                         .Transact([&](Transaction& tx) {
                           return Change(tx, (writer + i * i) % kThings, "CHANGED");
                         })
                         .ok();
        }
      });
    }
    for (std::thread& writer : writers) writer.join();
  }
  postgres::Connection connection(things.database.conninfo());
  while (RunRound(connection, {NumberEvents}, ids).value() > 0) continue;
  CHECK(failed == 0);
  CheckOrder(things, int64_t{kWriters} * kChanges);
}

// Each writer of a second thing waits, its event inserted, until all others have committed theirs.
TEST_CASE("Who commits late delays only itself, among sixteen", "[events][postgres]") {
  Things things;
  testing::FakeIds ids;
  postgres::Connection late(things.database.conninfo()), sequencer(things.database.conninfo());
  const auto number = [&] { return RunRound(sequencer, {NumberEvents}, ids).value(); };
  int64_t numbered = 0;
  REQUIRE_OK(late.Transact([&](Transaction& tx) -> absl::Status {
    RETURN_IF_ERROR(Change(tx, kThings, "LATE"));
    std::vector<std::thread> others;
    for (int writer = 1; writer < kWriters; ++writer) {
      others.emplace_back([&things, writer] {
        postgres::Connection connection(things.database.conninfo());
        static_cast<void>(connection.Transact(
            [&](Transaction& other) { return Change(other, kThings + writer, "PROMPT"); }));
      });
    }
    for (std::thread& other : others) other.join();
    numbered = number();
    return absl::OkStatus();
  }));
  CHECK(numbered == kWriters - 1);
  CHECK(number() == 1);
  CHECK(things.Count(absl::StrCat("kind = 'LATE' AND position = ", kWriters)) == 1);
  CheckOrder(things, kWriters);
}

TEST_CASE("A writer left open in another database of the cluster holds up nothing",
          "[events][postgres]") {
  Things things;
  testing::FakeIds ids;
  const testing::SeparateDatabase elsewhere;
  elsewhere.Run("CREATE TABLE thing (id int)");
  pqxx::connection session(elsewhere.conninfo());
  pqxx::work open(session);
  open.exec("INSERT INTO thing VALUES (1)");
  REQUIRE_OK(things.database.connection().Transact(
      [](Transaction& tx) { return Change(tx, 0, "CHANGED"); }));
  CHECK(RunRound(things.database.connection(), {NumberEvents}, ids).value() == 1);
  CheckOrder(things, 1);
}

TEST_CASE("A round that finds nothing writes nothing", "[events][postgres]") {
  Things things;
  testing::FakeIds ids;
  bool wrote = true;
  const Pass look = [&wrote](Transaction& tx) -> absl::StatusOr<int64_t> {
    constexpr Statement kWrote{"test_wrote", "SELECT pg_current_xact_id_if_assigned() IS NOT NULL"};
    wrote = tx.Exec(kWrote)[0][0].as<bool>();
    return 0;
  };
  REQUIRE_OK(RunRound(things.database.connection(), {NumberEvents, look}, ids));
  CHECK(wrote);  // the stream's first row
  REQUIRE_OK(RunRound(things.database.connection(), {NumberEvents, look}, ids));
  CHECK_FALSE(wrote);
}

}  // namespace
}  // namespace bitrade::events
