// The only two fakes of the house: a clock that a test moves, and identifiers that it can predict.
#pragma once

#include <mutex>
#include <string>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "services/common/base/clock.h"
#include "services/common/base/id_source.h"

namespace bitrade::testing {

// Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(absl::Time now) : now_(now) {}
  absl::Time TimeNow() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  void Set(absl::Time now) {
    const std::lock_guard lock(mutex_);
    now_ = now;
  }
  void Advance(absl::Duration step) { Set(TimeNow() + step); }

 private:
  mutable std::mutex mutex_;
  absl::Time now_;
};

// 00000000-0000-7000-8000-000000000001, …2, …3
class FakeIds final : public IdSource {
 public:
  std::string NewUuid(absl::Time /*now*/) override {
    return absl::StrFormat("00000000-0000-7000-8000-%012d", ++last_);
  }

 private:
  int last_ = 0;
};

}  // namespace bitrade::testing
