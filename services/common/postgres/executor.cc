#include "services/common/postgres/executor.h"

#include <chrono>
#include <utility>

#include "services/common/error/error.h"

namespace bitrade::postgres {
namespace {

// Since when a job waits that may wait for ever.
constexpr int64_t kNeverLate = INT64_MAX;

int64_t SteadyNow() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

}  // namespace

Executor::Executor(const std::string& conninfo, const ExecutorLimits& limits) : limits_(limits) {
  for (int i = 0; i < limits.threads; ++i) {
    connections_.push_back(std::make_unique<Connection>(conninfo));
  }
  for (const auto& connection : connections_) {
    threads_.emplace_back([this, &connection = *connection] { Work(connection); });
  }
}

Executor::~Executor() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

size_t Executor::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

bool Executor::Enqueue(Job& job, int64_t since_ns, size_t bound) {
  const std::lock_guard lock(mutex_);
  if (ending_ || queue_.size() >= bound) return false;
  queue_.push_back({std::move(job), since_ns});
  wake_.notify_one();
  return true;
}

void Executor::Submit(Job job) {
  if (Enqueue(job, SteadyNow(), limits_.max_queue)) return;
  shed_.fetch_add(1, std::memory_order_relaxed);
  job(Refuse(kOverloaded));
}

void Executor::SubmitNext(Job job) {
  if (!Enqueue(job, kNeverLate, SIZE_MAX)) job(Refuse(kUnavailable));
}

void Executor::Work(Connection& connection) {
  for (;;) {
    Waiting next;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return ending_ || !queue_.empty(); });
      if (queue_.empty()) return;
      next = std::move(queue_.front());
      queue_.pop_front();
    }
    if (SteadyNow() - next.since_ns > absl::ToInt64Nanoseconds(limits_.max_wait)) {
      shed_.fetch_add(1, std::memory_order_relaxed);
      next.job(Refuse(kOverloaded));
    } else {
      next.job(&connection);
    }
  }
}

}  // namespace bitrade::postgres
