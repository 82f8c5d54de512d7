#include "services/common/events/watch_stream.h"

#include "services/common/rpc/status.h"

namespace bitrade::events {

std::shared_ptr<WatchStream> WatchStream::Open(v1::EventService::Stub& stub,
                                               const v1::WatchRequest& request) {
  auto stream = std::make_shared<WatchStream>();
  stream->request_ = request;
  stream->self_ = stream;
  stub.async()->Watch(&stream->context_, &stream->request_, stream.get());
  stream->AddHold();
  {
    const std::lock_guard lock(stream->mutex_);
    stream->Read();
  }
  stream->StartCall();
  return stream;
}

absl::StatusOr<v1::WatchResponse> WatchStream::Next(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, patience, [this] { return have_ || ended_; })) {
    return absl::DeadlineExceededError("the source is silent");
  }
  if (!have_) {
    return status_.ok() ? absl::UnavailableError("the source has ended the stream")
                        : rpc::FromGrpc(status_);
  }
  have_ = false;
  v1::WatchResponse message = std::move(reading_);
  reading_.Clear();
  if (held_) Read();
  return message;
}

void WatchStream::Cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  if (!ended_) context_.TryCancel();
  if (!busy_) LetGo();
}

void WatchStream::Read() {
  busy_ = true;
  StartRead(&reading_);
}

void WatchStream::LetGo() {
  if (held_) RemoveHold();
  held_ = false;
}

void WatchStream::OnReadDone(bool ok) {
  const std::lock_guard lock(mutex_);
  busy_ = false;
  have_ = ok;
  if (!ok || cancelled_) LetGo();
  changed_.notify_all();
}

void WatchStream::OnDone(const grpc::Status& status) {
  std::shared_ptr<WatchStream> last;
  const std::lock_guard lock(mutex_);
  ended_ = true;
  status_ = status;
  changed_.notify_all();
  last.swap(self_);
}

}  // namespace bitrade::events
