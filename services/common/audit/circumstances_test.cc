#include "services/common/audit/circumstances.h"

#include <string>
#include <vector>

#include "migrations/common_schema.h"
#include "services/common/audit/append.h"
#include "services/common/audit/chain.h"
#include "services/common/audit/verifier.h"
#include "services/common/postgres/values.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::audit {
namespace {

using testing::Database;

constexpr char kAdded[] = "common/0003_add_circumstances.sql";
// As rows were written and sealed before there were circumstances.
constexpr char kOldRow[] =
    "INSERT INTO audit (time, rpc, actor_kind, actor, officer, acting_for, ground, outcome, "
    "request_id, session_id, method, object_ids) VALUES ('2026-11-01 08:00:00.25+00', 'S/M', "
    "'PERSON', 'Ö\"x\\', '', 'y', 'COUNSEL', 'OK', 'r', '', 'MOBILE_BANKID', "
    "'{00000000-0000-7000-8000-000000000001}')";
constexpr char kOldText[] =
    "SELECT jsonb_build_array(seq, (extract(epoch FROM time) * 1000000)::bigint, rpc, actor_kind, "
    "actor, officer, acting_for, ground, outcome, request_id, session_id, method, "
    "object_ids)::text FROM audit";

// The schema before circumstances.
postgres::MigrationPlan OldPlan() {
  postgres::MigrationPlan plan;
  for (const postgres::Migration& file : common_schema()) {
    if (std::string(file.name) == kAdded) return plan;
    plan.push_back(file);
  }
  FAIL("there is no such migration");
  return plan;
}

// Seals the one row of `database` by hand; returns a checkpoint that vouches for it.
Checkpoint SealAsBefore(Database& database) {
  const auto text = database.Run(kOldText)[0][0].as<std::string>();
  const std::string hash = ChainHash(ChainEnd().hash, 1, text);
  REQUIRE_OK(database.connection().Transact([&hash](postgres::Transaction& tx) {
    tx.Exec(postgres::Statement{"old_seal", "UPDATE audit SET position = 1, hash = $1"},
            postgres::Bytea(hash));
    tx.Exec(postgres::Statement{"old_end", "INSERT INTO audit_seal VALUES (true, 1, $1)"},
            postgres::Bytea(hash));
    return absl::OkStatus();
  }));
  return {{1, hash}, absl::UnixEpoch()};
}

// Adds a sealed row with circumstances; returns a checkpoint that vouches for it.
Checkpoint Grow(Database& database) {
  Entry entry{.time = absl::FromUnixSeconds(1'800'000'000),
              .rpc = "S/M",
              .actor_kind = "SERVICE",
              .actor = "identity"};
  entry.circumstances.Set(Circumstance::kAddress, "192.0.2.7");
  entry.circumstances.Set(Circumstance::kWhy, "BY_THE_PERSON");
  REQUIRE_OK(database.connection().Transact([&entry](postgres::Transaction& tx) -> absl::Status {
    Append(tx, {entry});
    return SealAudit(tx).status();
  }));
  const absl::StatusOr<ChainEnd> end = database.connection().Read(
      [](postgres::Transaction& tx) -> absl::StatusOr<ChainEnd> { return ReadChainEnd(tx); });
  return {end.value(), absl::UnixEpoch()};
}

TEST_CASE("A trail that was sealed before circumstances stays proven and goes on",
          "[audit][postgres]") {
  Database database(OldPlan());
  database.Run(kOldRow);
  std::vector<Checkpoint> checkpoints{SealAsBefore(database)};
  REQUIRE(postgres::Migrate(database.conninfo(), common_schema(), "").value() == 1);
  checkpoints.push_back(Grow(database));
  const Verdict verdict = Verify(database.connection(), checkpoints).value();
  CHECK_FALSE(verdict.fault.has_value());
  CHECK(verdict.proven == 2);
}

TEST_CASE("Who gives a row circumstances, takes them or changes them is found",
          "[audit][postgres]") {
  Database database(common_schema());
  REQUIRE_OK(database.connection().Transact([](postgres::Transaction& tx) {
    Append(tx, {{.time = absl::UnixEpoch(), .rpc = "S/M", .actor_kind = "SERVICE", .actor = "a"}});
    return absl::OkStatus();
  }));
  const std::vector<Checkpoint> checkpoints{Grow(database)};
  REQUIRE_FALSE(Verify(database.connection(), checkpoints)->fault.has_value());
  int64_t position = 2;
  SECTION("given") {
    position = 1;
    database.Run(R"(UPDATE audit SET circumstances = '{"why": "x"}' WHERE position = 1)");
  }
  SECTION("taken") { database.Run("UPDATE audit SET circumstances = '{}' WHERE position = 2"); }
  SECTION("changed") {
    database.Run("UPDATE audit SET circumstances = circumstances - 'why' WHERE position = 2");
  }
  const Verdict verdict = Verify(database.connection(), checkpoints).value();
  REQUIRE(verdict.fault.has_value());
  CHECK(verdict.fault->position == position);
}

TEST_CASE("Circumstances are one object of texts, in the order of their names", "[audit][unit]") {
  Circumstances circumstances;
  CHECK(circumstances.empty());
  CHECK(circumstances.Json() == "{}");
  circumstances.Set(Circumstance::kWhy, "LOGGED_OUT");
  circumstances.Set(Circumstance::kRisk, "");
  circumstances.Set(Circumstance::kAddress, "2001:db8::7");
  circumstances.Set(Circumstance::kWhy, "EXPIRED");
  CHECK(circumstances.Json() == R"({"address":"2001:db8::7","why":"EXPIRED"})");
  CHECK(circumstances.Has(Circumstance::kWhy));
  CHECK_FALSE(circumstances.Has(Circumstance::kRisk));
}

TEST_CASE("No foreign word costs a row its place", "[audit][postgres]") {
  Entry entry{.time = absl::UnixEpoch(), .rpc = "S/M", .actor_kind = "SERVICE", .actor = "a"};
  entry.circumstances.Set(Circumstance::kAcr, std::string("a\"b\\c\n\0\xff{},", 11));
  entry.circumstances.Set(Circumstance::kRisk, std::string(1000, 'r'));
  Database database(common_schema());
  REQUIRE_OK(database.connection().Transact([&entry](postgres::Transaction& tx) {
    Append(tx, {entry});
    return absl::OkStatus();
  }));
  const auto row = database.Run(
      "SELECT circumstances ->> 'acr', length(circumstances ->> 'risk') FROM audit")[0];
  CHECK(row[0].as<std::string>() == R"(a"b\c???{},)");
  CHECK(row[1].as<int>() == 300);
}

}  // namespace
}  // namespace bitrade::audit
