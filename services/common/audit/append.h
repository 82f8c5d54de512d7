// Writing audit rows: changes in their own transaction, reads in group commits (read_log.h).
#pragma once

#include <vector>

#include "services/common/audit/entry.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::audit {

// Inserts `entries` in one statement.
void Append(postgres::Transaction& tx, const std::vector<Entry>& entries);

}  // namespace bitrade::audit
