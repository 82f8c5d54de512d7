// Keeps which minutes of a counsel's days are claimed, beside the sealed statements that claim
// them: so that what is claimed twice is found across her matters without opening any.
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "services/billing/domain/claimed_time.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::billing {

// Which other statements count.
enum class Others { kAll, kFiled };

class ClaimedTimeStore {
 public:
  // Stores what a statement claims of each day, in place of what it claimed before.
  void Keep(postgres::Transaction& tx, const CostStatement& statement,
            const std::vector<ClaimedDay>& days);

  // Returns the days that `statements` share with others of the same counsel, in the order that
  // FindOverlaps wants. Drafts whose appointment is out of sight at `now` are no others: nothing
  // can become of them.
  std::vector<SharedDay> Shared(postgres::Transaction& tx,
                                const std::vector<CostStatementId>& statements, Others others,
                                absl::Time now);
};

}  // namespace bitrade::billing
