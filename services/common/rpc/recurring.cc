#include "services/common/rpc/recurring.h"

#include <utility>

namespace bitrade::rpc {

Recurring::Recurring(std::string conninfo, absl::Duration period,
                     std::function<void(postgres::Connection&)> work)
    : period_(period),
      work_(std::move(work)),
      connection_(std::move(conninfo)),
      thread_([this] { Run(); }) {}

Recurring::~Recurring() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Recurring::Run() {
  for (;;) {
    work_(connection_);
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, absl::ToChronoNanoseconds(period_), [this] { return ending_; }))
      return;
  }
}

}  // namespace bitrade::rpc
