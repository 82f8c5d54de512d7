// Keeps receipts, and what the agency sees: filed statements with theirs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/billing/cost_statements/sealed_row.h"
#include "services/common/access/reach.h"

namespace bitrade::billing {

using access::Reach;

struct FiledStatement {
  StoredStatement stored;
  Receipt receipt;
  absl::Status opened = {};  // SEAL_BROKEN, and no content, where it is not what was sealed
};

// What is registered: the life of a statement, and the receipt that vouches for its content.
struct Registration {
  CostStatement statement;
  Receipt receipt;
  // Of the matter; empty while the projection does not know the appointment.
  std::string authority;
  std::string category;
};

// Which of what waits: so many after a statement, or from the beginning.
struct WaitingRows {
  int limit = 20;
  std::optional<CostStatementId> after = std::nullopt;
};

class ReceiptStore {
 public:
  explicit ReceiptStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Returns the next receipt number's serial of a year; it counts once the transaction commits.
  int64_t NextSerial(postgres::Transaction& tx, int64_t year);

  // Stores the receipt of a filing.
  void Insert(postgres::Transaction& tx, const Receipt& receipt);

  // Returns the receipt of a filing that `reader` sees.
  std::optional<Receipt> Find(postgres::Transaction& tx, const Reader& reader,
                              const CostStatementId& id);

  // Returns what is filed and not registered in matters within `reach`, the oldest first; what the
  // projection does not know yet waits until it does. `rows.after` may have been registered
  // meanwhile. One that does not open hides no other.
  std::vector<FiledStatement> Unregistered(postgres::Transaction& tx, const Reach& reach,
                                           const WaitingRows& rows);

  // Returns how many are neither registered nor younger than `before`.
  int64_t CountUnregistered(postgres::Transaction& tx, absl::Time before);

  // Returns a statement without its content, locked until the transaction ends; a draft has an
  // empty receipt.
  std::optional<Registration> Lock(postgres::Transaction& tx, const CostStatementId& id);

  // Stores that a statement is REGISTERED under its diary number.
  void Register(postgres::Transaction& tx, const CostStatement& statement);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::billing
