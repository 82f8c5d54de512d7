// Proves the audit trail against its checkpoints.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/audit/checkpoint.h"
#include "services/common/postgres/connection.h"

namespace bitrade::audit {

// What is wrong, and where it first shows.
struct Fault {
  int64_t position = 0;
  std::string what;  // a sentence for operators
};

struct Verdict {
  std::optional<Fault> fault;
  int64_t proven = 0;    // the last position that a checkpoint vouches for
  int64_t unproven = 0;  // rows after it: sealed or not, but not yet vouched for
};

// Recomputes the chain and compares it with every checkpoint. A changed or moved row is named by
// its position, a removed one by the gap it leaves, rows cut off the end by a checkpoint beyond it.
// Who also rewrote the later hashes is found by the next checkpoint: then the position is the first
// after the last good one.
absl::StatusOr<Verdict> Verify(postgres::Connection& connection,
                               const std::vector<Checkpoint>& checkpoints);

}  // namespace bitrade::audit
