// Keeps cost statements, as their counsel sees them. Every method works in the transaction that the
// call opened.
//
// A draft is seen while the appointment is; what the counsel has filed, until three months after
// the legal force of the decision on compensation.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "services/billing/cost_statements/sealed_row.h"

namespace bitrade::billing {

// Which rows of a list.
struct Rows {
  int32_t limit = 20;
  int32_t offset = 0;
};

// A page of an appointment's cost statements, the newest first.
struct StatementPage {
  // The appointment itself is seen: drafts are among the statements.
  bool appointment_seen = false;
  std::vector<StoredStatement> statements;
  int64_t total = 0;
};

class CostStatementStore {
 public:
  explicit CostStatementStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Whether `reader` sees an appointment: what drafting asks.
  bool Sees(postgres::Transaction& tx, const Reader& reader, const AppointmentId& appointment);

  // Returns a page of what `reader` sees of an appointment. Errors: SEAL_BROKEN.
  absl::StatusOr<StatementPage> List(postgres::Transaction& tx, const Reader& reader,
                                     const AppointmentId& appointment, Rows rows);

  // Returns a statement that `reader` sees. Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<StoredStatement>> Find(postgres::Transaction& tx,
                                                      const Reader& reader,
                                                      const CostStatementId& id);

  // The same, locked until the transaction ends.
  absl::StatusOr<std::optional<StoredStatement>> Lock(postgres::Transaction& tx,
                                                      const Reader& reader,
                                                      const CostStatementId& id);

  // Returns the appointment of a counsel's own statement, seen or not. Never for an answer: only to
  // ask the owner of the appointment.
  std::optional<AppointmentId> AppointmentOf(postgres::Transaction& tx, const CounselId& counsel,
                                             const CostStatementId& id);

  // Stores a new draft.
  void Insert(postgres::Transaction& tx, const StoredStatement& stored);

  // Stores a draft's change or its filing. Precondition: the version is new.
  void Update(postgres::Transaction& tx, const StoredStatement& stored);

  // Deletes a draft.
  void DeleteDraft(postgres::Transaction& tx, const CostStatementId& id);

  // Returns the lives of all statements, for others' snapshots.
  std::vector<CostStatement> All(postgres::Transaction& tx);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::billing
