#include "services/common/events/sequencer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/events/numbering.h"

namespace bitrade::events {
namespace {

using postgres::Statement;

constexpr absl::Duration kFirstRest = absl::Milliseconds(5);

// Rounds take a fifth of the time at most: where the machine is busy each handles more rows, and
// what a round costs by itself is paid less often.
constexpr int kRestsPerRound = 4;

constexpr Statement kTryLock{"sequencer_try_lock", R"sql(
    SELECT pg_try_advisory_xact_lock(hashtext('bitrade sequencer'), hashtext(current_schema())))sql"};

}  // namespace

absl::StatusOr<int64_t> RunRound(postgres::Connection& connection, const std::vector<Pass>& passes,
                                 IdSource& ids) {
  return connection.Transact([&](postgres::Transaction& tx) -> absl::StatusOr<int64_t> {
    if (!tx.Exec(kTryLock)[0][0].as<bool>()) return 0;
    // A stream's id says nothing of when it was made: the epoch serves as well as any instant.
    EnsureStream(tx, ids.NewUuid(absl::UnixEpoch()));
    int64_t handled = 0;
    for (const Pass& pass : passes) {
      ASSIGN_OR_RETURN(const int64_t rows, pass(tx));
      handled += rows;
    }
    return handled;
  });
}

Sequencer::Sequencer(std::string conninfo, std::vector<Pass> passes, IdSource& ids,
                     absl::Duration idle, Look look)
    : passes_(std::move(passes)),
      idle_(idle),
      look_(std::move(look)),
      ids_(ids),
      connection_(std::move(conninfo)),
      thread_([this] { Run(); }) {}

Sequencer::~Sequencer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Sequencer::Run() {
  absl::Duration rest = kFirstRest;
  do {
    if (!IsWorthARound()) {
      rest = std::min(rest * 2, idle_);
      continue;
    }
    const auto began = std::chrono::steady_clock::now();
    const absl::StatusOr<int64_t> handled = RunRound(connection_, passes_, ids_);
    const absl::Duration took = absl::FromChrono(std::chrono::steady_clock::now() - began);
    (handled.ok() ? rounds_ : failures_).fetch_add(1, std::memory_order_relaxed);
    const bool more = handled.ok() && *handled > 0;
    rest = std::min(more ? std::max(kRestsPerRound * took, kFirstRest) : rest * 2, idle_);
  } while (Rest(rest));
}

// A look that fails leaves it to the round to fail, and to be counted.
bool Sequencer::IsWorthARound() {
  if (look_ && left_out_ < kMostLeftOut) {
    bool found = true;
    const absl::Status looked = connection_.Read([&](postgres::Transaction& tx) {
      found = look_(tx);
      return absl::OkStatus();
    });
    if (looked.ok() && !found) {
      ++left_out_;
      return false;
    }
  }
  left_out_ = 0;
  return true;
}

// False when it is time to end.
bool Sequencer::Rest(absl::Duration time) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, absl::ToChronoNanoseconds(time), [this] { return ending_; });
}

}  // namespace bitrade::events
