// Keeps the register of counsel.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "services/common/postgres/transaction.h"
#include "services/registry/domain/counsel.h"

namespace bitrade::registry {

// What others project of a counsel: no personal data.
struct Standing {
  CounselId id;
  Listing listing = Listing::kListed;
  int64_t version = 0;
  absl::Time update_time;
};

class CounselStore {
 public:
  // Returns the counsel with an id.
  std::optional<Counsel> Find(postgres::Transaction& tx, const CounselId& id);

  // Enters a counsel; false when the person is in the register already.
  bool Insert(postgres::Transaction& tx, const Counsel& counsel);

  // Returns the standing of everybody in the register.
  std::vector<Standing> Standings(postgres::Transaction& tx);
};

}  // namespace bitrade::registry
