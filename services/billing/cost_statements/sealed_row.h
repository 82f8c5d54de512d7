// A cost statement as a row: its life in clear, what is claimed sealed.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/billing/domain/cost_statement.h"
#include "services/common/access/projection.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::billing {

// Content as bytes; the store does not look into it.
struct Content {
  std::string input;     // CalculationInput, serialized
  std::string result;    // CalculationResult, serialized; empty in a draft
  std::string manifest;  // empty in a draft
};

struct StoredStatement {
  CostStatement statement;
  Content content;
};

// The columns that ReadSealedRow reads, in their order, of `cost_statement s`.
#define BITRADE_COST_STATEMENT_COLUMNS                                              \
  "s.id, s.appointment_id, s.counsel_id, s.state, s.agency_state, s.diary_number, " \
  "s.version, s.content_version, s.create_time, s.update_time, s.input, s.result, " \
  "s.manifest"
// How many they are: what a statement selects besides starts here.
inline constexpr int kCostStatementColumns = 13;

using access::Reader;

// The condition that a reader ($2 to $6) puts on `cost_statement s`: it is the counsel's own, and
// the appointment is seen or, for what is filed, has not been out of sight for too long. A delegate
// prepares: what the counsel has filed is hers alone.
#define BITRADE_STATEMENT_SEEN                                           \
  "s.counsel_id = $2::uuid AND ($5::uuid IS NULL OR s.state = 'DRAFT') " \
  "AND EXISTS (SELECT 1 FROM access_appointment a "                      \
  "WHERE a.appointment_id = s.appointment_id AND " BITRADE_SEEN_UNTIL(   \
      "CASE s.state WHEN 'FILED' THEN " BITRADE_END_OF_FILINGS " ELSE a.visible_until END") ")"

// Reads the life of a statement, without opening its content.
CostStatement ReadLife(const pqxx::row& row);

// Reads a row and opens its content. Errors: SEAL_BROKEN.
absl::StatusOr<StoredStatement> ReadSealedRow(const pqxx::row& row, const crypto::Keyring& keyring);

// Seals all content for the statement's present version.
Content Seal(const StoredStatement& stored, const crypto::Keyring& keyring);

}  // namespace bitrade::billing
