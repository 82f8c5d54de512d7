// Signed statements of how far the audit chain reached and what its hash was, one line each in an
// append-only file outside the database, made with a key that no database role can read.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/audit/chain.h"
#include "services/common/crypto/ed25519.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::audit {

struct Checkpoint {
  ChainEnd end;
  absl::Time time;
};

// One line: position, hash, time, key id and signature, separated by blanks.
std::string FormatCheckpoint(const Checkpoint& checkpoint, const crypto::Signer& signer);

// Reads the lines of a file. Errors: DATA_LOSS naming the first line that is malformed or not
// signed by a known key.
absl::StatusOr<std::vector<Checkpoint>> ReadCheckpoints(const std::string& file,
                                                        const crypto::Verifier& keys);

// Appends a checkpoint when the chain has grown, at most every 10 s. A pass of the sequencer: what
// it reads of the chain was committed by an earlier round.
class CheckpointPass {
 public:
  CheckpointPass(std::string file, crypto::Signer signer)
      : file_(std::move(file)), signer_(std::move(signer)) {}

  // Returns 0: it handles no rows.
  absl::StatusOr<int64_t> operator()(postgres::Transaction& tx, absl::Time now);

 private:
  std::string file_;
  crypto::Signer signer_;
  absl::Time next_ = absl::InfinitePast();
  int64_t written_ = 0;
};

}  // namespace bitrade::audit
