#include "services/common/postgres/migrate.h"

#include <algorithm>
#include <map>
#include <pqxx/pqxx>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/postgres/error_map.h"

namespace bitrade::postgres {
namespace {

constexpr char kCreate[] = R"sql(
    CREATE TABLE IF NOT EXISTS schema_migration (
      name text PRIMARY KEY, checksum text NOT NULL, applied_time timestamptz NOT NULL))sql";

using Applied = std::map<std::string, std::string>;

Applied ReadApplied(pqxx::connection& session) {
  pqxx::work tx(session);
  tx.exec(kCreate);
  Applied applied;
  for (const auto& row : tx.exec("SELECT name, checksum FROM schema_migration")) {
    applied.emplace(row[0].as<std::string>(), row[1].as<std::string>());
  }
  tx.commit();
  return applied;
}

// The expression of its SHA-256. PostgreSQL computes it, so that this layer needs no library for
// digests.
std::string ChecksumExpression(pqxx::transaction_base& tx, const Migration& file) {
  return absl::StrCat("encode(sha256(convert_to(", tx.quote(file.sql), ", 'UTF8')), 'hex')");
}

absl::Status CheckKnown(pqxx::connection& session, const Applied& applied,
                        const MigrationPlan& plan) {
  pqxx::nontransaction tx(session);
  for (const auto& [name, checksum] : applied) {
    const auto known =
        std::find_if(plan.begin(), plan.end(),
                     [&name = name](const Migration& file) { return name == file.name; });
    if (known == plan.end()) {
      return absl::FailedPreconditionError(
          absl::StrCat("the schema has ", name,
                       ", which this binary does not know: it is older than the schema"));
    }
    const pqxx::result now = tx.exec(absl::StrCat("SELECT ", ChecksumExpression(tx, *known)));
    if (now[0][0].as<std::string>() != checksum) {
      return absl::FailedPreconditionError(
          absl::StrCat(name, " has changed since it was applied; applied files never change"));
    }
  }
  return absl::OkStatus();
}

void Apply(pqxx::connection& session, const Migration& file) {
  pqxx::work tx(session);
  tx.exec(file.sql);
  // The one place where the database's own clock is asked: a note for operators that no rule reads.
  tx.exec(absl::StrCat("INSERT INTO schema_migration VALUES (", tx.quote(file.name), ", ",
                       ChecksumExpression(tx, file), ", clock_timestamp())"));
  tx.commit();
}

// The app may do anything to its tables but change what is append-only; the sequencer numbers and
// seals just that.
void Grant(pqxx::connection& session, absl::string_view prefix) {
  const std::string app = session.quote_name(absl::StrCat(prefix, "_app"));
  const std::string sequencer = session.quote_name(absl::StrCat(prefix, "_sequencer"));
  pqxx::work tx(session);
  const std::string schema =
      session.quote_name(tx.exec("SELECT current_schema()")[0][0].as<std::string>());
  tx.exec(absl::StrCat("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ", schema,
                       " TO ", app, "; GRANT USAGE ON ALL SEQUENCES IN SCHEMA ", schema, " TO ",
                       app, ", ", sequencer,
                       "; REVOKE UPDATE, DELETE ON event, audit, stream, audit_seal FROM ", app,
                       "; REVOKE INSERT ON stream, audit_seal FROM ", app,
                       "; REVOKE INSERT, UPDATE, DELETE ON schema_migration FROM ", app,
                       "; GRANT SELECT, UPDATE ON event, audit TO ", sequencer,
                       "; GRANT SELECT, INSERT, UPDATE ON stream, audit_seal TO ", sequencer,
                       "; GRANT SELECT, DELETE ON idempotency_key TO ", sequencer));
  tx.commit();
}

}  // namespace

absl::StatusOr<int> Migrate(const std::string& owner_conninfo, const MigrationPlan& plan,
                            absl::string_view role_prefix) {
  try {
    pqxx::connection session(owner_conninfo);
    {
      pqxx::nontransaction lock(session);
      lock.exec("SELECT pg_advisory_lock(hashtext(current_schema()))");  // ends with the session
    }
    const Applied applied = ReadApplied(session);
    RETURN_IF_ERROR(CheckKnown(session, applied, plan));
    int count = 0;
    for (const Migration& file : plan) {
      if (applied.count(file.name) > 0) continue;
      Apply(session, file);
      ++count;
    }
    if (!role_prefix.empty()) Grant(session, role_prefix);
    return count;
  } catch (const std::exception& error) {
    return FailureOf(error).status;
  }
}

}  // namespace bitrade::postgres
