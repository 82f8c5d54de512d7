#include "gateway/refusals/refusal_trail.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/clock.h"
#include "services/common/base/id_source.h"
#include "services/common/log/log.h"

namespace bitrade::gateway {
namespace {

using identity::v1::Refusal;

constexpr size_t kMany = 200;

// What identity finds malformed stays so; everything else may pass.
bool IsFinal(const absl::Status& told) { return told.code() == absl::StatusCode::kInvalidArgument; }

}  // namespace

RefusalTrail::RefusalTrail(const Clock& clock, IdSource& ids, RefusalBounds bounds)
    : clock_(clock), ids_(ids), queue_(bounds) {}

void RefusalTrail::Begin(Send send, std::chrono::milliseconds interval) {
  send_ = std::move(send);
  interval_ = interval;
  closed_ = false;
  thread_ = std::thread([this] { Run(); });
}

void RefusalTrail::Record(const Refusal& refusal) {
  const std::lock_guard lock(mutex_);
  if (closed_ || !queue_.Add(refusal)) return GiveUp(refusal);
  const bool urgent = !behind_ && queue_.size() >= kMany;
  if (waits_ && (urgent_ || !urgent)) return;
  waits_ = true;
  urgent_ = urgent;
  wake_.notify_one();
}

void RefusalTrail::Run() {
  std::unique_lock lock(mutex_);
  while (!closed_) {
    wake_.wait(lock, [this] { return waits_ || closed_; });
    wake_.wait_for(lock, interval_, [this] { return urgent_ || closed_; });
    if (closed_) return;
    urgent_ = false;
    lock.unlock();
    const bool told = Tell(clock_.TimeNow());
    lock.lock();
    behind_ = !told;
    waits_ = behind_ || queue_.size() > 0;
  }
}

std::vector<Refusal> RefusalTrail::Take(absl::Time now) {
  const std::lock_guard lock(mutex_);
  return queue_.Take(now);
}

size_t RefusalTrail::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

bool RefusalTrail::Tell(absl::Time now) {
  if (batch_.refusals().empty()) {
    batch_.set_batch_id(ids_.NewUuid(clock_.TimeNow()));
    for (Refusal& refusal : Take(now)) *batch_.add_refusals() = std::move(refusal);
  }
  if (batch_.refusals().empty()) return true;
  const absl::Status told = send_(batch_);
  if (!told.ok() && !IsFinal(told)) return false;
  if (IsFinal(told)) {
    for (const Refusal& refusal : batch_.refusals()) GiveUp(refusal);
  }
  batch_.clear_refusals();
  return true;
}

void RefusalTrail::Close() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(closed_, true)) return;
    wake_.notify_one();
  }
  thread_.join();
  // A batch that identity did not take before, then what came after it.
  const bool open = Tell(absl::InfiniteFuture()) && Tell(absl::InfiniteFuture());
  if (open) return;
  for (const Refusal& refusal : batch_.refusals()) GiveUp(refusal);
  for (const Refusal& refusal : Take(absl::InfiniteFuture())) GiveUp(refusal);
}

void RefusalTrail::GiveUp(const Refusal& refusal) {
  ++unrecorded_;
  log::Write(log::Level::kWarning, "refusal not in the audit trail", clock_.TimeNow(),
             {{"rpc", refusal.rpc()},
              {"reason", refusal.reason()},
              {"why", refusal.why()},
              {"count", absl::StrCat(refusal.count()), true},
              {"person", refusal.person_id()},
              {"acting_for", refusal.acting_for()},
              {"session", refusal.session_id()},
              {"request_id", refusal.request_id()}});
}

}  // namespace bitrade::gateway
