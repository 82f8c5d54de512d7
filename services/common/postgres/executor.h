// The bounded executor of use cases: a few threads that own one session each, a queue, and two
// rules against overload: what finds the queue full, and what has waited too long when it is taken
// up, is refused. (Measured: without the second rule good answers collapse to a fifth at twice the
// capacity.)
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/postgres/connection.h"

namespace bitrade::postgres {

struct ExecutorLimits {
  int threads = 4;  // each with a session of its own
  size_t max_queue = 256;
  absl::Duration max_wait = absl::Milliseconds(20);
};

// Thread-safe.
class Executor {
 public:
  // Gets the session of its thread, or why there is none: RESOURCE_EXHAUSTED when shed, UNAVAILABLE
  // at the end.
  using Job = std::function<void(absl::StatusOr<Connection*>)>;

  Executor(const std::string& conninfo, const ExecutorLimits& limits);
  // Runs what is queued, then ends the threads.
  ~Executor();

  // Queues `job` and returns at once. A job that finds the queue full is called here and now with
  // RESOURCE_EXHAUSTED.
  void Submit(Job job);

  // Queues a later step of work that was let in: never shed, since what has begun is cheaper to end
  // than to begin again. Bounded by what Submit let in.
  void SubmitNext(Job job);

  int64_t shed() const { return shed_.load(std::memory_order_relaxed); }
  size_t queued() const;

 private:
  struct Waiting {
    Job job;
    int64_t since_ns;
  };
  bool Enqueue(Job& job, int64_t since_ns, size_t bound);
  void Work(Connection& connection);

  const ExecutorLimits limits_;
  std::vector<std::unique_ptr<Connection>> connections_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> queue_;
  bool ending_ = false;
  std::atomic<int64_t> shed_{0};
  std::vector<std::thread> threads_;
};

}  // namespace bitrade::postgres
