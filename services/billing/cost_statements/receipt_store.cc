#include "services/billing/cost_statements/receipt_store.h"

#include <utility>

#include "services/common/postgres/values.h"

namespace bitrade::billing {
namespace {

using postgres::Statement;

#define RECEIPT_COLUMNS \
  "r.number, r.received_time, r.manifest_sha256, r.total_ore, r.signature_id, r.kind"
constexpr int kReceiptColumns = 6;

// A confirmation by the running session has no id at identity.
FilingKind KindOf(const std::string& name, const std::string& signature_id) {
  if (name == "SIGNATURE") return FilingKind::kSignature;
  return signature_id.empty() ? FilingKind::kSession : FilingKind::kConfirmation;
}

Receipt ReadReceipt(const pqxx::row& row, int first, const CostStatementId& id) {
  std::string signature_id = postgres::TextOrEmpty(row[first + 4]);
  const FilingKind kind = KindOf(row[first + 5].as<std::string>(), signature_id);
  return {.number = row[first].as<std::string>(),
          .kind = kind,
          .signature_id = std::move(signature_id),
          .cost_statement = id,
          .received_time = postgres::ReadTime(row[first + 1]),
          .manifest_sha256 = row[first + 2].as<std::string>(),
          .total = Ore(row[first + 3].as<int64_t>())};
}

}  // namespace

// One row.
constexpr Statement kNextSerial{"receipts_next_serial", R"sql(
    INSERT INTO receipt_serial (year, last) VALUES ($1, 1)
    ON CONFLICT (year) DO UPDATE SET last = receipt_serial.last + 1 RETURNING last)sql"};

int64_t ReceiptStore::NextSerial(postgres::Transaction& tx, int64_t year) {
  return tx.Exec(kNextSerial, year)[0][0].as<int64_t>();
}

constexpr Statement kInsert{"receipts_insert", R"sql(
    INSERT INTO receipt (cost_statement_id, number, kind, received_time, manifest_sha256, total_ore, signature_id)
    VALUES ($1, $2, $7, $3, $4, $5, $6))sql"};

void ReceiptStore::Insert(postgres::Transaction& tx, const Receipt& receipt) {
  tx.Exec(kInsert, receipt.cost_statement.text(), receipt.number,
          postgres::TimeParam(receipt.received_time), receipt.manifest_sha256,
          receipt.total.value(), postgres::NullIfEmpty(receipt.signature_id),
          std::string(receipt.kind == FilingKind::kSignature ? "SIGNATURE" : "CONFIRMATION"));
}

// At most one row.
constexpr Statement kFind{"receipts_find",
                          "SELECT " RECEIPT_COLUMNS
                          " FROM receipt r JOIN cost_statement s ON s.id = r.cost_statement_id "
                          "WHERE s.id = $1 AND " BITRADE_STATEMENT_SEEN};

std::optional<Receipt> ReceiptStore::Find(postgres::Transaction& tx, const Reader& reader,
                                          const CostStatementId& id) {
  const pqxx::result rows = ExecAs(reader, tx, kFind, id.text());
  if (rows.empty()) return std::nullopt;
  return ReadReceipt(rows[0], 0, id);
}

// At most $1 rows. Authority and category never change: it does not matter how fresh they are. What
// waits was last changed by its filing, at the receipt's instant, which stays when it is
// registered.
constexpr Statement kUnregistered{
    "receipts_unregistered", "SELECT " BITRADE_COST_STATEMENT_COLUMNS ", " RECEIPT_COLUMNS
                             " FROM cost_statement s JOIN receipt r ON r.cost_statement_id = s.id "
                             "JOIN access_appointment a ON a.appointment_id = s.appointment_id "
                             "WHERE s.agency_state = 'RECEIVED' AND " BITRADE_WITHIN_REACH(
                                 "a", "$2", "$3") " AND ($4::uuid IS NULL OR (s.update_time, s.id) > (SELECT received_time, cost_statement_id FROM receipt WHERE cost_statement_id = $4::uuid)) ORDER BY s.update_time, s.id LIMIT $1"};

std::vector<FiledStatement> ReceiptStore::Unregistered(postgres::Transaction& tx,
                                                       const Reach& reach,
                                                       const WaitingRows& rows) {
  std::optional<std::string> after;
  if (rows.after) after = rows.after->text();
  std::vector<FiledStatement> all;
  for (const auto& row : tx.Exec(kUnregistered, rows.limit, postgres::ArrayParam(reach.authorities),
                                 postgres::ArrayParam(reach.categories), after)) {
    absl::StatusOr<StoredStatement> opened = ReadSealedRow(row, keyring_);
    const absl::Status status = opened.status();
    StoredStatement stored = status.ok()
                                 ? *std::move(opened)
                                 : StoredStatement{.statement = ReadLife(row), .content = {}};
    Receipt receipt = ReadReceipt(row, kCostStatementColumns, stored.statement.id);
    all.push_back({std::move(stored), std::move(receipt), status});
  }
  return all;
}

// One row.
constexpr Statement kCountUnregistered{"receipts_count_unregistered", R"sql(
    SELECT count(*) FROM cost_statement WHERE agency_state = 'RECEIVED' AND update_time < $1)sql"};

int64_t ReceiptStore::CountUnregistered(postgres::Transaction& tx, absl::Time before) {
  return tx.Exec(kCountUnregistered, postgres::TimeParam(before))[0][0].as<int64_t>();
}

// At most one row.
constexpr Statement kLock{"receipts_lock",
                          "SELECT " BITRADE_COST_STATEMENT_COLUMNS ", " RECEIPT_COLUMNS
                          ", a.authority, a.category "
                          "FROM cost_statement s LEFT JOIN receipt r ON r.cost_statement_id = s.id "
                          "LEFT JOIN access_appointment a ON a.appointment_id = s.appointment_id "
                          "WHERE s.id = $1 FOR UPDATE OF s"};

std::optional<Registration> ReceiptStore::Lock(postgres::Transaction& tx,
                                               const CostStatementId& id) {
  const pqxx::result rows = tx.Exec(kLock, id.text());
  if (rows.empty()) return std::nullopt;
  Registration locked{
      .statement = ReadLife(rows[0]),
      .receipt = {.cost_statement = id},
      .authority = postgres::TextOrEmpty(rows[0][kCostStatementColumns + kReceiptColumns]),
      .category = postgres::TextOrEmpty(rows[0][kCostStatementColumns + kReceiptColumns + 1])};
  if (!rows[0][kCostStatementColumns].is_null()) {
    locked.receipt = ReadReceipt(rows[0], kCostStatementColumns, id);
  }
  return locked;
}

constexpr Statement kRegister{"receipts_register", R"sql(
    UPDATE cost_statement SET agency_state = 'REGISTERED', diary_number = $2, version = $3, update_time = $4
    WHERE id = $1 AND agency_state = 'RECEIVED')sql"};

void ReceiptStore::Register(postgres::Transaction& tx, const CostStatement& statement) {
  tx.Exec(kRegister, statement.id.text(), statement.diary_number, statement.version,
          postgres::TimeParam(statement.update_time));
}

}  // namespace bitrade::billing
