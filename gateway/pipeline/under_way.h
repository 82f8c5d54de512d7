// Counts requests that somebody still works on, also those whose client is gone, so that nothing
// they use is taken down below them.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

namespace bitrade::gateway {

// Thread-safe.
class UnderWay {
 public:
  // Counts one for as long as it lives.
  class Hold {
   public:
    explicit Hold(UnderWay& all) : all_(all) { ++all_.count_; }
    ~Hold() { --all_.count_; }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

   private:
    UnderWay& all_;
  };

  // Waits until there is none, at most `patience`, and tells whether there is none. Asks again and
  // again, as no request shall pay for a signal.
  bool WaitForNone(std::chrono::milliseconds patience) const {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (count_ > 0 && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return count_ == 0;
  }

 private:
  std::atomic<int64_t> count_{0};
};

}  // namespace bitrade::gateway
