#include <condition_variable>
#include <mutex>

#include "absl/synchronization/notification.h"
#include "services/common/base/status_macros.h"
#include "services/common/postgres/executor.h"
#include "services/common/postgres/values.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::postgres {
namespace {

using testing::CodeOf;
using testing::Database;

const MigrationPlan kPlan = {{"test/0001_create_thing.sql",
                              "CREATE TABLE thing (id int PRIMARY KEY, at timestamptz, day date, "
                              "bytes bytea, names text[])"}};

constexpr Statement kInsert{"test_insert", "INSERT INTO thing VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement kSelect{"test_select", "SELECT at, day, bytes, names FROM thing WHERE id = $1"};
constexpr Statement kCount{"test_count", "SELECT count(*) FROM thing"};

absl::Status Insert(Transaction& tx, int id) {
  tx.Exec(kInsert, id, TimeParam(absl::FromUnixMicros(1234567)),
          DateParam(absl::CivilDay(2024, 2, 29)), Bytea(std::string("\0\x01z", 3)),
          ArrayParam({"a\"b", "c,d"}));
  return absl::OkStatus();
}

int64_t Count(Connection& connection) {
  return connection
      .Read([](Transaction& tx) -> absl::StatusOr<int64_t> {
        return tx.Exec(kCount)[0][0].as<int64_t>();
      })
      .value();
}

TEST_CASE("Values come back as they went in", "[postgres]") {
  Database database(kPlan);
  REQUIRE_OK(database.connection().Transact([](Transaction& tx) { return Insert(tx, 1); }));
  REQUIRE_OK(database.connection().Read([](Transaction& tx) -> absl::Status {
    const auto row = tx.Exec(kSelect, 1)[0];
    CHECK(ReadTime(row[0]) == absl::FromUnixMicros(1234567));
    CHECK(ReadDate(row[1]) == absl::CivilDay(2024, 2, 29));
    CHECK(ReadBytes(row[2]) == std::string("\0\x01z", 3));
    CHECK(ReadArray(row[3]) == std::vector<std::string>{"a\"b", "c,d"});
    return absl::OkStatus();
  }));
}

TEST_CASE("A refused work leaves nothing behind", "[postgres]") {
  Database database(kPlan);
  const absl::Status refused = database.connection().Transact([](Transaction& tx) -> absl::Status {
    RETURN_IF_ERROR(Insert(tx, 1));
    return Refuse(kNotFound);
  });
  CHECK(CodeOf(refused) == absl::StatusCode::kNotFound);
  CHECK(Count(database.connection()) == 0);
}

TEST_CASE("A unique violation is ALREADY_EXISTS and the session goes on", "[postgres]") {
  Database database(kPlan);
  const auto insert = [](Transaction& tx) { return Insert(tx, 1); };
  REQUIRE_OK(database.connection().Transact(insert));
  CHECK(CodeOf(database.connection().Transact(insert)) == absl::StatusCode::kAlreadyExists);
  CHECK(Count(database.connection()) == 1);
}

TEST_CASE("A session that the server ended is replaced at the next use", "[postgres]") {
  Database database(kPlan);
  CHECK(Count(database.connection()) == 0);
  database.Run(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
      "query LIKE '%" +
      database.schema() + "%'");
  database.Run(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
      "query LIKE '%FROM thing%'");
  CHECK(Count(database.connection()) == 0);
}

TEST_CASE("A database that is not there is UNAVAILABLE", "[postgres]") {
  Connection nowhere("host=/nonexistent dbname=none");
  CHECK(CodeOf(nowhere.Read([](Transaction& /*tx*/) { return absl::OkStatus(); })) ==
        absl::StatusCode::kUnavailable);
}

TEST_CASE("What the database quotes of rows and values reaches no status", "[postgres]") {
  const MigrationPlan plan = {
      {"test/0001_create_person.sql",
       "CREATE TABLE person (number text PRIMARY KEY, born date NOT NULL)"}};
  Database database(plan);
  const auto run = [&database](const char* name, const char* sql) {
    return database.connection().Transact([&](Transaction& tx) -> absl::Status {
      tx.Exec(Statement{name, sql});
      return absl::OkStatus();
    });
  };
  REQUIRE_OK(run("test_first", "INSERT INTO person VALUES ('19121212-1212', '1912-12-12')"));
  const absl::Status refused[] = {
      run("test_key", "INSERT INTO person VALUES ('19121212-1212', '1912-12-12')"),
      run("test_null", "INSERT INTO person VALUES ('19121212-1213', NULL)"),
      run("test_value", "INSERT INTO person VALUES ('x', '19121212-1214'::text::date)")};
  for (const absl::Status& status : refused) {
    INFO(status.ToString());
    CHECK_FALSE(status.ok());
    CHECK(status.ToString().find("19121212") == std::string::npos);
    CHECK(status.ToString().find("SQLSTATE 2") != std::string::npos);
  }
}

TEST_CASE("A session that waited too long in a transaction is replaced", "[postgres]") {
  CHECK(FailureOfState("25P03", "").broken);
  CHECK(FailureOfState("53100", "").status.code() == absl::StatusCode::kUnavailable);
}

TEST_CASE("SQLSTATEs become the codes that callers act on", "[postgres][unit]") {
  CHECK(FailureOfState("40001", "").retryable);
  CHECK(FailureOfState("25006", "").broken);
  CHECK(FailureOfState("57P01", "").broken);
  CHECK(FailureOfState("08006", "").status.code() == absl::StatusCode::kUnavailable);
  CHECK(FailureOfState("23P01", "").status.code() == absl::StatusCode::kFailedPrecondition);
  CHECK(FailureOfState("42P01", "").status.code() == absl::StatusCode::kInternal);
}

TEST_CASE("The executor refuses what finds the queue full or waited too long", "[postgres]") {
  Database database(kPlan);
  Executor executor(database.conninfo(),
                    {.threads = 1, .max_queue = 1, .max_wait = absl::ZeroDuration()});
  absl::Notification taken, go, late;
  executor.Submit([&](const absl::StatusOr<Connection*>& /*connection*/) {
    taken.Notify();
    go.WaitForNotification();
  });
  taken.WaitForNotification();
  absl::StatusCode waited{}, refused{};
  executor.Submit([&](const absl::StatusOr<Connection*>& connection) {
    waited = connection.status().code();
    late.Notify();
  });
  executor.Submit(
      [&](const absl::StatusOr<Connection*>& connection) { refused = connection.status().code(); });
  CHECK(refused == absl::StatusCode::kResourceExhausted);
  go.Notify();
  late.WaitForNotification();
  CHECK(waited == absl::StatusCode::kResourceExhausted);
  CHECK(executor.shed() >= 2);
}

}  // namespace
}  // namespace bitrade::postgres
