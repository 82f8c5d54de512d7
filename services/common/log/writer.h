// Lines on their way to standard error: queued by whoever logs, written by one thread, so that
// neither a system call nor a reader that is slow stands in a call's way.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "absl/strings/string_view.h"

namespace bitrade::log {

// Thread-safe. Lives as long as the process.
class Writer {
 public:
  // `tell_dropped` makes the line that says how many lines were dropped.
  explicit Writer(std::function<std::string(int64_t)> tell_dropped);

  // Queues a line, or drops it when too much waits.
  void Queue(absl::string_view line);
  // Waits until everything is written, for a second at most.
  void Flush();

 private:
  void Run();
  void WriteWaiting(std::unique_lock<std::mutex>& lock);

  const std::function<std::string(int64_t)> tell_dropped_;
  std::mutex mutex_;
  std::condition_variable wake_, written_;
  std::string waiting_;
  int64_t dropped_ = 0;
  bool writing_ = false, hurried_ = false;
  std::thread thread_;
};

}  // namespace bitrade::log
