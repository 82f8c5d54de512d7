// One session with PostgreSQL, owned and used by one thread. It connects at first use, and again
// with back-off after the session was lost.
#pragma once

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/postgres/error_map.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::postgres {

class Connection {
 public:
  // `conninfo` as `name=value` pairs.
  explicit Connection(std::string conninfo) : conninfo_(std::move(conninfo)) {}

  // Connects unless connected. Errors: UNAVAILABLE, at once while the back-off after a failed
  // attempt runs.
  absl::Status Ensure();

  // Runs `work(tx)` in one transaction: commits when it returns OK, rolls back when not. After a
  // serialization failure or a deadlock the work runs again, three times at most: it must have no
  // effect but on the database. Errors: the work's own; UNAVAILABLE; ABORTED. After UNAVAILABLE the
  // outcome of the commit is unknown.
  template <typename Work>
  std::invoke_result_t<Work, Transaction&> Transact(Work work) {
    return Retrying([&] {
      pqxx::work tx(*session_);  // rolls back when destroyed, unless committed
      Transaction seen(*session_, tx, prepared_);
      auto result = work(seen);
      if (result.ok()) tx.commit();
      return result;
    });
  }

  // Runs `work(tx)` without a transaction: every statement stands alone. None may write, but for
  // work that is one statement.
  template <typename Work>
  std::invoke_result_t<Work, Transaction&> Read(Work work) {
    return Retrying([&] {
      pqxx::nontransaction tx(*session_);
      Transaction seen(*session_, tx, prepared_);
      return work(seen);
    });
  }

  // The session's socket, or -1: to look for its end while nothing is asked.
  int socket() const;

 private:
  template <typename Attempt>
  std::invoke_result_t<Attempt> Retrying(Attempt attempt) {
    for (int tries = 1;; ++tries) {
      if (absl::Status ready = Ensure(); !ready.ok()) return ready;
      try {
        return attempt();
      } catch (const std::exception& error) {
        Failure failure = FailureOf(error);
        if (failure.broken) Drop();
        if (!failure.retryable || tries == kAttempts) return std::move(failure.status);
      }
    }
  }

  void Drop();

  static constexpr int kAttempts = 3;

  const std::string conninfo_;
  std::unique_ptr<pqxx::connection> session_;
  PreparedNames prepared_;
  absl::Duration back_off_ = absl::ZeroDuration();
  int64_t not_before_ns_ = 0;  // of the steady clock
};

}  // namespace bitrade::postgres
