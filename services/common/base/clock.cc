#include "services/common/base/clock.h"

#include <fstream>
#include <utility>

#include "absl/time/clock.h"

namespace bitrade {
namespace {

constexpr int64_t kRereadNanos = 50'000'000;

int64_t ReadOffset(const std::string& path) {
  std::ifstream file(path);
  int64_t seconds = 0;
  return file >> seconds ? seconds : 0;
}

}  // namespace

absl::Time SystemClock::TimeNow() const { return absl::Now(); }

FileClock::FileClock(std::string path) : path_(std::move(path)) {}

absl::Time FileClock::TimeNow() const {
  const int64_t now_ns = absl::GetCurrentTimeNanos();
  int64_t read_at = read_at_ns_.load(std::memory_order_acquire);
  if (now_ns - read_at > kRereadNanos && read_at_ns_.compare_exchange_strong(read_at, now_ns)) {
    offset_s_.store(ReadOffset(path_), std::memory_order_release);
  }
  return absl::FromUnixNanos(now_ns) + absl::Seconds(offset_s_.load(std::memory_order_acquire));
}

std::unique_ptr<Clock> MakeClock(const std::string& clock_file) {
  if (clock_file.empty()) return std::make_unique<SystemClock>();
  return std::make_unique<FileClock>(clock_file);
}

}  // namespace bitrade
