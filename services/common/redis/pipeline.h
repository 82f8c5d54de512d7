// One thread with one connection: callers leave commands and go on, the thread sends whatever has
// gathered as one batch. Nobody waits for Redis but this thread, and it never waits long: a Redis
// that is gone, or that hangs, is an answer within half a second.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/redis/connection.h"

namespace bitrade::redis {

struct PipelineLimits {
  std::chrono::milliseconds answer{200};       // for one answer, and for a connection
  std::chrono::milliseconds retry_after{100};  // after a connection that failed: refused meanwhile
  size_t waiting = 4096;                       // commands; more are refused
};

// Thread-safe.
class Pipeline {
 public:
  // Gets the answer, or UNAVAILABLE. Called once, from the pipeline's thread or, when there are too
  // many commands, before Send returns. Must not block, and not destroy the pipeline.
  using Done = std::function<void(absl::StatusOr<Reply>)>;

  explicit Pipeline(Account account, PipelineLimits limits = {});
  // Serves what was sent, then ends.
  ~Pipeline();

  // Sends a command. What Redis refuses is UNAVAILABLE, too: commands are ours, so it is Redis that
  // is out of order.
  void Send(Command command, Done done);

  // Tells whether the last command was answered.
  bool up() const { return up_.load(std::memory_order_relaxed); }

 private:
  struct Item {
    Command command;
    Done done;
  };

  void Run();
  bool Take(std::vector<Item>& batch);
  void Serve(std::vector<Item>& batch);
  bool Connect();
  absl::StatusOr<Reply> Answer();

  const Account account_;
  const PipelineLimits limits_;

  // Of the thread.
  std::optional<Connection> connection_;
  std::chrono::steady_clock::time_point not_before_{};

  std::atomic<bool> up_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Item> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace bitrade::redis
