// Keeps the register of counsel.
#pragma once

#include <optional>
#include <vector>

#include "services/common/postgres/transaction.h"
#include "services/registry/domain/counsel.h"

namespace bitrade::registry {

class CounselStore {
 public:
  // Returns the counsel with an id.
  std::optional<Counsel> Find(postgres::Transaction& tx, const CounselId& id);

  // Enters a counsel; false when the person is in the register already.
  bool Insert(postgres::Transaction& tx, const Counsel& counsel);

  // Returns the whole register's ids, listings and versions: what others project.
  std::vector<Counsel> All(postgres::Transaction& tx);
};

}  // namespace bitrade::registry
