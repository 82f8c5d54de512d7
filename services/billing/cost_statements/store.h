// Keeps cost statements, as their counsel sees them. Every method works in the transaction that the
// call opened.
//
// A draft is seen while the appointment is; what the counsel has filed stays with the counsel.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/billing/cost_statements/sealed_row.h"
#include "services/billing/paging.h"

namespace bitrade::billing {

// Who reads, and when: what every statement checks that answers a counsel.
struct Reader {
  CounselId counsel;
  absl::Time now;
  // The owner of the appointment was asked in this call: the projection counts whatever its age.
  bool asked = false;
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

  // Returns whose a statement is, seen or not. Never for an answer: only to ask the owner.
  std::optional<AppointmentId> AppointmentOf(postgres::Transaction& tx, const CostStatementId& id);

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
