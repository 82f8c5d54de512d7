// Keeps receipts, and what the agency sees: filed statements with theirs.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "services/billing/cost_statements/sealed_row.h"

namespace bitrade::billing {

struct FiledStatement {
  StoredStatement stored;
  Receipt receipt;
};

class ReceiptStore {
 public:
  explicit ReceiptStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Returns the next receipt number's serial of a year; it counts once the transaction commits.
  int64_t NextSerial(postgres::Transaction& tx, int64_t year);

  // Stores the receipt of a filing.
  void Insert(postgres::Transaction& tx, const Receipt& receipt);

  // Returns the receipt of a counsel's own filing, which stays with the counsel.
  std::optional<Receipt> Find(postgres::Transaction& tx, const CounselId& counsel,
                              const CostStatementId& id);

  // Returns what is filed and not registered, the oldest first. Errors: SEAL_BROKEN.
  absl::StatusOr<std::vector<FiledStatement>> Unregistered(postgres::Transaction& tx, int limit);

  // Returns a statement, locked until the transaction ends; a draft has an empty receipt.
  // Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<FiledStatement>> Lock(postgres::Transaction& tx,
                                                     const CostStatementId& id);

  // Stores that a statement is REGISTERED under its diary number.
  void Register(postgres::Transaction& tx, const CostStatement& statement);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::billing
