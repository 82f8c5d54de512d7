// A point on the steady clock by which something must have happened.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "absl/time/time.h"

namespace bitrade::gateway::http {

// Armed and disarmed by one thread at a time; asked by any.
class Deadline {
 public:
  // Nanoseconds of the steady clock, whose zero means nothing.
  static int64_t Now() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
  }

  void Arm(absl::Duration from_now) {
    at_.store(Now() + absl::ToInt64Nanoseconds(from_now), std::memory_order_relaxed);
  }
  void Disarm() { at_.store(kNever, std::memory_order_relaxed); }

  bool armed() const { return at_.load(std::memory_order_relaxed) != kNever; }
  bool passed(int64_t now) const { return at_.load(std::memory_order_relaxed) <= now; }

 private:
  static constexpr int64_t kNever = INT64_MAX;
  std::atomic<int64_t> at_{kNever};
};

}  // namespace bitrade::gateway::http
