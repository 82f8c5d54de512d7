// Keeps the guide's steps, which migrations fill.
#pragma once

#include <vector>

#include "services/common/postgres/transaction.h"
#include "services/registry/domain/guide.h"

namespace bitrade::registry {

class GuideStore {
 public:
  // Returns the steps in the order in which they are done.
  std::vector<GuideStep> Steps(postgres::Transaction& tx);
};

}  // namespace bitrade::registry
