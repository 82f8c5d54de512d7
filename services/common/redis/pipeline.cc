#include "services/common/redis/pipeline.h"

#include <csignal>
#include <utility>

#include "services/common/error/error.h"

namespace bitrade::redis {
namespace {

// hiredis writes to a socket whose other end may be gone; that is an error and no reason to die.
void BlockSigpipe() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

Pipeline::Pipeline(Account account, PipelineLimits limits)
    : account_(std::move(account)), limits_(limits), thread_([this] { Run(); }) {}

Pipeline::~Pipeline() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Pipeline::Send(Command command, Done done) {
  std::unique_lock lock(mutex_);
  if (waiting_.size() >= limits_.waiting) {
    lock.unlock();
    return done(Refuse(kUnavailable));
  }
  waiting_.push_back({std::move(command), std::move(done)});
  const bool first = waiting_.size() == 1;
  lock.unlock();
  if (first) wake_.notify_one();
}

void Pipeline::Run() {
  BlockSigpipe();
  std::vector<Item> batch;
  while (Take(batch)) {
    Serve(batch);
    batch.clear();
  }
}

bool Pipeline::Take(std::vector<Item>& batch) {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
  batch.swap(waiting_);
  return !batch.empty();
}

bool Pipeline::Connect() {
  if (connection_) return true;
  if (std::chrono::steady_clock::now() < not_before_) return false;
  auto opened = Connection::Open(account_, limits_.answer);
  if (opened.ok()) {
    connection_.emplace(*std::move(opened));
  } else {
    not_before_ = std::chrono::steady_clock::now() + limits_.retry_after;
  }
  return connection_.has_value();
}

void Pipeline::Serve(std::vector<Item>& batch) {
  if (Connect()) {
    for (const Item& item : batch) connection_->Append(item.command);
  }
  for (Item& item : batch) item.done(Answer());
}

// Nothing can be told from what a broken connection says after its first fault, so it is dropped.
absl::StatusOr<Reply> Pipeline::Answer() {
  absl::StatusOr<Reply> reply = connection_ ? connection_->Receive() : Refuse(kUnavailable);
  if (!reply.ok()) connection_.reset();
  if (reply.ok() && reply->is_error()) reply = Refuse(kUnavailable);
  up_.store(reply.ok(), std::memory_order_relaxed);
  return reply;
}

}  // namespace bitrade::redis
