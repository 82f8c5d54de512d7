// How often somebody may try: counters in Redis that end with their window. Where Redis cannot
// count, nothing is let through.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade::redis {
class Pipeline;
}

namespace bitrade::gateway {

// At most `most` times in a window, which begins with the first time.
struct RateLimit {
  std::string name;  // of the limit: "login-minute"
  std::string who;   // who is counted
  int most = 0;
  absl::Duration window;
};

// Returns what is counted of an address: its network (IPv4 /24, IPv6 /48), for a single address is
// changed at will. A text that is no address comes back as it is.
std::string NetworkOf(absl::string_view address);

// Thread-safe.
class RateLimits {
 public:
  explicit RateLimits(redis::Pipeline& redis) : redis_(redis) {}

  // Counts one try under every limit, if all of them allow it; else counts none. `done` is called
  // once, from the thread of Redis, and must not block.
  // Errors: RATE_LIMITED, with the seconds to wait; UNAVAILABLE when Redis is down.
  void Take(const std::vector<RateLimit>& limits, std::function<void(absl::Status)> done);

 private:
  redis::Pipeline& redis_;
};

}  // namespace bitrade::gateway
