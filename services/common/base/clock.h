// The one source of the present. Domain functions take `absl::Time now` or a civil day and never
// see a Clock.
//
// Production uses SystemClock. Tests and `./dev run` may move one clock for all processes at once:
// FileClock adds the offset that stands in a file (whole seconds, possibly negative) to the
// system's time. The production profile refuses it.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/time/time.h"

namespace bitrade {

// Tells the time. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time TimeNow() const = 0;
};

class SystemClock final : public Clock {
 public:
  absl::Time TimeNow() const override;
};

// The system's time moved by the number of seconds in `path`, read again at most every 50 ms. A
// missing or malformed file counts as no offset.
class FileClock final : public Clock {
 public:
  explicit FileClock(std::string path);
  absl::Time TimeNow() const override;

 private:
  const std::string path_;
  mutable std::atomic<int64_t> read_at_ns_{0};
  mutable std::atomic<int64_t> offset_s_{0};
};

// A FileClock when `clock_file` names one, else the system's.
std::unique_ptr<Clock> MakeClock(const std::string& clock_file);

}  // namespace bitrade
