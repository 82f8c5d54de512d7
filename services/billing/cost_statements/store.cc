#include "services/billing/cost_statements/store.h"

#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/postgres/values.h"

namespace bitrade::billing {
namespace {

using postgres::Statement;

absl::StatusOr<std::optional<StoredStatement>> ReadOne(const pqxx::result& rows,
                                                       const crypto::Keyring& keyring) {
  if (rows.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(StoredStatement stored, ReadSealedRow(rows[0], keyring));
  return stored;
}

}  // namespace

// At most one row.
constexpr Statement kSees{"cost_statements_sees",
                          "SELECT 1 FROM access_appointment a WHERE a.appointment_id = $1 "
                          "AND " BITRADE_SEEN_BY_COUNSEL};

bool CostStatementStore::Sees(postgres::Transaction& tx, const Reader& reader,
                              const AppointmentId& appointment) {
  return !ExecAs(reader, tx, kSees, appointment.text()).empty();
}

// One row at least: whether the appointment is seen, and how many statements are.
constexpr Statement kList{
    "cost_statements_list",
    "WITH seen AS (SELECT EXISTS (SELECT 1 FROM access_appointment a WHERE a.appointment_id = $1 "
    "AND " BITRADE_SEEN_BY_COUNSEL
    ") AS yes), mine AS (SELECT s.* FROM cost_statement s WHERE s.appointment_id = $1 "
    "AND " BITRADE_STATEMENT_SEEN ") SELECT " BITRADE_COST_STATEMENT_COLUMNS
    ", seen.yes, (SELECT count(*) FROM mine) FROM seen LEFT JOIN LATERAL (SELECT * FROM mine "
    "ORDER BY create_time DESC, id DESC LIMIT $7 OFFSET $8) s ON true "
    "ORDER BY s.create_time DESC, s.id DESC"};

absl::StatusOr<StatementPage> CostStatementStore::List(postgres::Transaction& tx,
                                                       const Reader& reader,
                                                       const AppointmentId& appointment,
                                                       Rows rows) {
  const pqxx::result found = ExecAs(reader, tx, kList, appointment.text(), rows.limit, rows.offset);
  StatementPage page;
  for (const auto& row : found) {
    page.appointment_seen = row[kCostStatementColumns].as<bool>();
    page.total = row[kCostStatementColumns + 1].as<int64_t>();
    if (row[0].is_null()) continue;
    ASSIGN_OR_RETURN(StoredStatement stored, ReadSealedRow(row, keyring_));
    page.statements.push_back(std::move(stored));
  }
  return page;
}

// At most one row.
constexpr Statement kFind{"cost_statements_find", "SELECT " BITRADE_COST_STATEMENT_COLUMNS
                                                  " FROM cost_statement s WHERE s.id = $1 "
                                                  "AND " BITRADE_STATEMENT_SEEN};

absl::StatusOr<std::optional<StoredStatement>> CostStatementStore::Find(postgres::Transaction& tx,
                                                                        const Reader& reader,
                                                                        const CostStatementId& id) {
  return ReadOne(ExecAs(reader, tx, kFind, id.text()), keyring_);
}

// At most one row.
constexpr Statement kLock{"cost_statements_lock", "SELECT " BITRADE_COST_STATEMENT_COLUMNS
                                                  " FROM cost_statement s WHERE s.id = $1 "
                                                  "AND " BITRADE_STATEMENT_SEEN " FOR UPDATE OF s"};

absl::StatusOr<std::optional<StoredStatement>> CostStatementStore::Lock(postgres::Transaction& tx,
                                                                        const Reader& reader,
                                                                        const CostStatementId& id) {
  return ReadOne(ExecAs(reader, tx, kLock, id.text()), keyring_);
}

// At most one row.
constexpr Statement kAppointmentOf{"cost_statements_appointment_of", R"sql(
    SELECT appointment_id FROM cost_statement WHERE id = $1 AND counsel_id = $2)sql"};

std::optional<AppointmentId> CostStatementStore::AppointmentOf(postgres::Transaction& tx,
                                                               const CounselId& counsel,
                                                               const CostStatementId& id) {
  const pqxx::result rows = tx.Exec(kAppointmentOf, id.text(), counsel.text());
  if (rows.empty()) return std::nullopt;
  return AppointmentId::Trusted(rows[0][0].as<std::string>());
}

constexpr Statement kInsert{"cost_statements_insert", R"sql(
    INSERT INTO cost_statement (id, appointment_id, counsel_id, state, version, content_version, create_time, update_time, input)
    VALUES ($1, $2, $3, 'DRAFT', $4, $4, $5, $5, $6))sql"};

void CostStatementStore::Insert(postgres::Transaction& tx, const StoredStatement& stored) {
  const CostStatement& statement = stored.statement;
  tx.Exec(kInsert, statement.id.text(), statement.appointment.text(), statement.counsel.text(),
          statement.version, postgres::TimeParam(statement.create_time),
          postgres::Bytea(Seal(stored, keyring_).input));
}

constexpr Statement kUpdateDraft{"cost_statements_update_draft", R"sql(
    UPDATE cost_statement SET version = $2, content_version = $2, update_time = $3, input = $4
    WHERE id = $1 AND state = 'DRAFT')sql"};

constexpr Statement kFile{"cost_statements_file", R"sql(
    UPDATE cost_statement SET state = 'FILED', agency_state = 'RECEIVED', version = $2, content_version = $2, update_time = $3,
           input = $4, result = $5, manifest = $6
    WHERE id = $1 AND state = 'DRAFT')sql"};

void CostStatementStore::Update(postgres::Transaction& tx, const StoredStatement& stored) {
  const CostStatement& statement = stored.statement;
  const Content sealed = Seal(stored, keyring_);
  const std::string time = postgres::TimeParam(statement.update_time);
  if (statement.state == State::kDraft) {
    tx.Exec(kUpdateDraft, statement.id.text(), statement.version, time,
            postgres::Bytea(sealed.input));
  } else {
    tx.Exec(kFile, statement.id.text(), statement.version, time, postgres::Bytea(sealed.input),
            postgres::Bytea(sealed.result), postgres::Bytea(sealed.manifest));
  }
}

constexpr Statement kDeleteDraft{"cost_statements_delete_draft", R"sql(
    DELETE FROM cost_statement WHERE id = $1 AND state = 'DRAFT')sql"};

void CostStatementStore::DeleteDraft(postgres::Transaction& tx, const CostStatementId& id) {
  tx.Exec(kDeleteDraft, id.text());
}

// Any number.
constexpr Statement kAll{"cost_statements_all", R"sql(
    SELECT id, appointment_id, counsel_id, state, agency_state, version, create_time, update_time FROM cost_statement ORDER BY id)sql"};

std::vector<CostStatement> CostStatementStore::All(postgres::Transaction& tx) {
  std::vector<CostStatement> all;
  for (const auto& row : tx.Exec(kAll)) {
    all.push_back({.id = CostStatementId::Trusted(row[0].as<std::string>()),
                   .appointment = AppointmentId::Trusted(row[1].as<std::string>()),
                   .counsel = CounselId::Trusted(row[2].as<std::string>()),
                   .state = ParseState(row[3].as<std::string>()),
                   .agency_state = ParseAgencyState(postgres::TextOrEmpty(row[4])),
                   .diary_number = "",
                   .version = row[5].as<int64_t>(),
                   .create_time = postgres::ReadTime(row[6]),
                   .update_time = postgres::ReadTime(row[7])});
  }
  return all;
}

}  // namespace bitrade::billing
