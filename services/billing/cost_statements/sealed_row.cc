#include "services/billing/cost_statements/sealed_row.h"

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/postgres/values.h"

namespace bitrade::billing {
namespace {

// Binds sealed bytes to their statement, version and column, so that none can be put elsewhere.
std::string Associated(const CostStatementId& id, int64_t version, absl::string_view column) {
  return absl::StrCat(id.text(), "/", version, "/", column);
}

}  // namespace

CostStatement ReadLife(const pqxx::row& row) {
  return {.id = CostStatementId::Trusted(row[0].as<std::string>()),
          .appointment = AppointmentId::Trusted(row[1].as<std::string>()),
          .counsel = CounselId::Trusted(row[2].as<std::string>()),
          .state = ParseState(row[3].as<std::string>()),
          .agency_state = ParseAgencyState(postgres::TextOrEmpty(row[4])),
          .diary_number = postgres::TextOrEmpty(row[5]),
          .version = row[6].as<int64_t>(),
          .create_time = postgres::ReadTime(row[8]),
          .update_time = postgres::ReadTime(row[9])};
}

absl::StatusOr<StoredStatement> ReadSealedRow(const pqxx::row& row,
                                              const crypto::Keyring& keyring) {
  StoredStatement stored{.statement = ReadLife(row), .content = {}};
  const auto open = [&](const pqxx::field& field,
                        absl::string_view column) -> absl::StatusOr<std::string> {
    if (field.is_null()) return std::string();
    return keyring.Open(postgres::ReadBytes(field),
                        Associated(stored.statement.id, row[7].as<int64_t>(), column));
  };
  ASSIGN_OR_RETURN(stored.content.input, open(row[10], "input"));
  ASSIGN_OR_RETURN(stored.content.result, open(row[11], "result"));
  ASSIGN_OR_RETURN(stored.content.manifest, open(row[12], "manifest"));
  return stored;
}

Content Seal(const StoredStatement& stored, const crypto::Keyring& keyring) {
  const auto seal = [&](const std::string& bytes, absl::string_view column) {
    return keyring.Seal(bytes, Associated(stored.statement.id, stored.statement.version, column));
  };
  return {.input = seal(stored.content.input, "input"),
          .result = seal(stored.content.result, "result"),
          .manifest = seal(stored.content.manifest, "manifest")};
}

}  // namespace bitrade::billing
