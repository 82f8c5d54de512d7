#include "services/common/events/watcher.h"

#include <utility>

#include "services/common/error/error.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::events {
namespace {

constexpr std::chrono::milliseconds kHeartbeat{500};

const Reason kStreamForeign{
    "STREAM_FOREIGN",
    absl::StatusCode::kOutOfRange,
    {"Another stream",
     "The position belongs to another stream, or was trimmed; start over from the snapshot."},
    {"En annan ström",
     "Positionen hör till en annan ström eller är gallrad; börja om från ögonblicksbilden."}};

}  // namespace

Watcher::Watcher(std::shared_ptr<rpc::Call> call, const v1::WatchRequest& request)
    : call_(std::move(call)), stream_id_(request.stream_id()), after_(request.after()) {}

void Watcher::Begin() {
  self_ = shared_from_this();
  if (absl::Status admitted = call_->Admit(); !admitted.ok()) End(admitted);
}

bool Watcher::Accepts(const StreamHead& head) {
  {
    const std::lock_guard lock(mutex_);
    if (finished_) return false;
    if (stream_id_.empty() && after_ == 0) stream_id_ = head.stream_id;
    if (stream_id_ == head.stream_id && after_ <= head.head) return true;
  }
  End(Refuse(kStreamForeign));
  return false;
}

int64_t Watcher::WantsAfter() {
  const std::lock_guard lock(mutex_);
  return finished_ || busy_ ? -1 : after_;
}

void Watcher::Give(const StreamHead& head, std::vector<v1::Event> events) {
  if (Misses(head, events)) return End(Refuse(kStreamForeign));
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (finished_ || busy_ || (events.empty() && now - last_ < kHeartbeat)) return;
  last_ = now;
  Queue(head, std::move(events));
  WriteNext();
}

// Positions are dense: a gap after the consumer's means that events were trimmed.
bool Watcher::Misses(const StreamHead& head, const std::vector<v1::Event>& events) {
  const std::lock_guard lock(mutex_);
  if (finished_ || busy_ || after_ >= head.head) return false;
  return events.empty() || events.front().position() != after_ + 1;
}

void Watcher::Queue(const StreamHead& head, std::vector<v1::Event> events) {
  v1::WatchResponse response;
  response.set_stream_id(head.stream_id);
  response.set_head(head.head);
  rpc::SetTime(head.time, *response.mutable_time());
  if (events.empty()) queue_.push_back(response);
  for (v1::Event& event : events) {
    after_ = event.position();
    *response.mutable_event() = std::move(event);
    queue_.push_back(response);
  }
}

void Watcher::WriteNext() {
  busy_ = !queue_.empty();
  if (!busy_) return;
  writing_ = std::move(queue_.front());
  queue_.pop_front();
  StartWrite(&writing_);
}

void Watcher::OnWriteDone(bool ok) {
  if (!ok) return End(absl::CancelledError("the consumer has gone"));
  const std::lock_guard lock(mutex_);
  if (!finished_) WriteNext();
}

void Watcher::OnCancel() { End(absl::CancelledError("the consumer has gone")); }

void Watcher::End(const absl::Status& status) {
  {
    const std::lock_guard lock(mutex_);
    if (finished_) return;
    finished_ = true;
  }
  call_->Complete(status, [this](const grpc::Status& answer) { Finish(answer); });
}

bool Watcher::done() {
  const std::lock_guard lock(mutex_);
  return done_;
}

void Watcher::OnDone() {
  std::shared_ptr<Watcher> last;
  const std::lock_guard lock(mutex_);
  done_ = true;
  last.swap(self_);
}

}  // namespace bitrade::events
