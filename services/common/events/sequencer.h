// What happens after commit, one replica at a time: passes over the rows that changes have left, in
// the order given. The first passes number events and seal audit rows.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/base/id_source.h"
#include "services/common/postgres/connection.h"

namespace bitrade::events {

// Does its work in the round's transaction; returns how many rows it handled.
using Pass = std::function<absl::StatusOr<int64_t>(postgres::Transaction&)>;

// Tells whether a round would find rows. Asked of a statement by itself, it costs a sixth of a
// round.
using Look = std::function<bool(postgres::Transaction&)>;

// Runs the passes in a thread of its own. Each round is one transaction under a transaction-level
// advisory lock: replicas may all run one, a replica that dies (even by kill -9) holds nothing, and
// the next round is any other's.
class Sequencer {
 public:
  // `idle` is the longest rest between rounds; a round that found something is followed soon by
  // the next. With a `look`, rounds that would find nothing are left out, but for one after so many
  // of them: passes have work besides that no row tells of.
  Sequencer(std::string conninfo, std::vector<Pass> passes, IdSource& ids,
            absl::Duration idle = absl::Milliseconds(40), Look look = nullptr);
  ~Sequencer();

  static constexpr int kMostLeftOut = 25;  // a second of the usual rests

  // Rounds that were committed, and those that failed; for metrics.
  int64_t rounds() const { return rounds_.load(std::memory_order_relaxed); }
  int64_t failures() const { return failures_.load(std::memory_order_relaxed); }

 private:
  void Run();
  bool IsWorthARound();
  bool Rest(absl::Duration time);

  const std::vector<Pass> passes_;
  const absl::Duration idle_;
  const Look look_;
  int left_out_ = kMostLeftOut;  // rounds since the last; the first is made in any case
  IdSource& ids_;
  postgres::Connection connection_;
  std::atomic<int64_t> rounds_{0}, failures_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;
};

// One round by hand: the passes in one transaction. Returns how many rows they handled; 0 when
// another replica is at it.
absl::StatusOr<int64_t> RunRound(postgres::Connection& connection, const std::vector<Pass>& passes,
                                 IdSource& ids);

}  // namespace bitrade::events
