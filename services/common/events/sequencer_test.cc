#include "services/common/events/sequencer.h"

#include <atomic>
#include <future>

#include "absl/strings/str_cat.h"
#include "migrations/common_schema.h"
#include "services/common/crypto/keyring.h"
#include "services/common/events/append.h"
#include "services/common/events/numbering.h"
#include "services/common/idempotency/idempotency.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::events {
namespace {

using testing::Database;

constexpr char kAggregate[] = "00000000-0000-7000-8000-0000000000aa";

NewEvent EventOf(int64_t version, const std::string& kind) {
  return {.aggregate = "appointment",
          .aggregate_id = kAggregate,
          .version = version,
          .kind = kind,
          .time = absl::UnixEpoch(),
          .actor = "tester",
          .data = {{"state", "A"}}};
}

int64_t Number(Database& database, testing::FakeIds& ids) {
  postgres::Connection connection(database.conninfo());
  return RunRound(connection, {NumberEvents}, ids).value();
}

std::string Kinds(Database& database) {
  return database
      .Run(
          "SELECT string_agg(kind || position, ' ' ORDER BY position) FROM event WHERE position IS "
          "NOT NULL")[0][0]
      .as<std::string>("");
}

// A session of its own, held open by the test as a slow client's would be.
struct Open {
  explicit Open(const Database& database)
      : session(database.conninfo()), work(session), tx(session, work, prepared) {}
  pqxx::connection session;
  pqxx::work work;
  postgres::PreparedNames prepared;
  postgres::Transaction tx;
};

TEST_CASE("A transaction that commits late delays only itself", "[events][postgres]") {
  Database database(common_schema());
  testing::FakeIds ids;
  Open slow(database), quick(database);
  Append(slow.tx, EventOf(1, "SLOW"));
  Append(quick.tx, EventOf(2, "QUICK"));
  quick.work.commit();
  CHECK(Number(database, ids) == 1);
  slow.work.commit();
  CHECK(Number(database, ids) == 1);
  CHECK(Kinds(database) == "QUICK1 SLOW2");
}

TEST_CASE("Order follows causality when the idempotency row came first", "[events][postgres]") {
  Database database(common_schema());
  testing::FakeIds ids;
  const crypto::Keyring keyring({{"k1", std::string(32, 'k')}});
  database.Run(
      "CREATE TABLE thing (id int PRIMARY KEY, version int); INSERT INTO thing VALUES (1, 1)");
  Open first(database), second(database);
  // `first` takes its transaction id early, by an insert; `second` changes the thing and commits;
  // then `first` changes it.
  const idempotency::Key key{"p", "", "rpc", "k"};
  idempotency::Keep(first.tx, keyring, {key, "request"}, "answer", absl::InfiniteFuture());
  second.work.exec("UPDATE thing SET version = 2 WHERE id = 1");
  Append(second.tx, EventOf(2, "SECOND"));
  second.work.commit();
  first.work.exec("UPDATE thing SET version = 3 WHERE id = 1");
  Append(first.tx, EventOf(3, "THIRD"));
  first.work.commit();
  CHECK(Number(database, ids) == 2);
  CHECK(Kinds(database) == "SECOND1 THIRD2");
}

TEST_CASE("Two replicas never number at the same time", "[events][postgres]") {
  Database database(common_schema());
  testing::FakeIds ids;
  Open other(database);
  other.work.exec(
      "SELECT pg_advisory_xact_lock(hashtext('bitrade sequencer'), hashtext(current_schema()))");
  Open own(database);
  Append(own.tx, EventOf(1, "OWN"));
  own.work.commit();
  CHECK(Number(database, ids) == 0);
  other.work.abort();
  CHECK(Number(database, ids) == 1);
}

TEST_CASE("A restored stream gets a new id and keeps its head", "[events][postgres]") {
  Database database(common_schema());
  testing::FakeIds ids;
  Number(database, ids);
  const auto stream = [&database] {
    return database.Run("SELECT stream_id, head FROM stream")[0][0].as<std::string>();
  };
  const std::string first = stream();
  Number(database, ids);
  CHECK(stream() == first);
  // What a dump and its restore leave: the same rows in another table.
  database.Run(
      "CREATE TABLE copy (LIKE stream INCLUDING ALL); INSERT INTO copy SELECT * FROM stream; DROP "
      "TABLE stream; ALTER TABLE copy RENAME TO stream");
  Number(database, ids);
  CHECK(stream() != first);
}

TEST_CASE("Events of one round are numbered densely in their order", "[events][postgres]") {
  Database database(common_schema());
  testing::FakeIds ids;
  for (int i = 1; i <= 3; ++i) {
    REQUIRE_OK(database.connection().Transact([i](postgres::Transaction& tx) {
      Append(tx, EventOf(i, absl::StrCat("E", i, "-")));
      return absl::OkStatus();
    }));
  }
  CHECK(Number(database, ids) == 3);
  CHECK(Kinds(database) == "E1-1 E2-2 E3-3");
}

TEST_CASE("Rounds that a look finds needless are left out, but not all of them",
          "[events][postgres]") {
  Database database(common_schema());
  testing::FakeIds ids;
  std::atomic<int> looks{0}, rounds{0};
  std::promise<void> third;
  const auto count = [&](postgres::Transaction& /*tx*/) -> absl::StatusOr<int64_t> {
    if (++rounds == 3) third.set_value();
    return 0;
  };
  {
    Sequencer sequencer(database.conninfo(), {count}, ids, absl::Milliseconds(1),
                        [&](postgres::Transaction& /*tx*/) {
                          ++looks;
                          return false;
                        });
    third.get_future().wait();
  }
  CHECK(looks >= 2 * Sequencer::kMostLeftOut);
  CHECK(looks < rounds * Sequencer::kMostLeftOut);
}

}  // namespace
}  // namespace bitrade::events
