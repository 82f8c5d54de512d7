#include "services/common/log/writer.h"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <utility>

namespace bitrade::log {
namespace {

constexpr size_t kMostWaiting = size_t{4} << 20;
// A thread that is woken for every line costs more than the line.
constexpr std::chrono::milliseconds kGather{5};
constexpr std::chrono::seconds kLongestFlush{1};

void WriteAll(absl::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written < 0 && errno != EINTR) return;  // nobody can read it any more
    if (written > 0) text.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace

// The thread takes no signals: SIGTERM is for whoever waits for it.
Writer::Writer(std::function<std::string(int64_t)> tell_dropped)
    : tell_dropped_(std::move(tell_dropped)) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { Run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Writer::Queue(absl::string_view line) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() + line.size() > kMostWaiting) {
      ++dropped_;
      return;
    }
    waiting_.append(line.data(), line.size());
  }
  wake_.notify_one();
}

void Writer::Flush() {
  std::unique_lock lock(mutex_);
  hurried_ = true;
  wake_.notify_one();
  written_.wait_for(lock, kLongestFlush, [this] { return waiting_.empty() && !writing_; });
  hurried_ = false;
}

void Writer::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return !waiting_.empty() || dropped_ > 0; });
    if (!hurried_) {
      lock.unlock();
      std::this_thread::sleep_for(kGather);
      lock.lock();
    }
    WriteWaiting(lock);
  }
}

void Writer::WriteWaiting(std::unique_lock<std::mutex>& lock) {
  std::string text = std::exchange(waiting_, {});
  if (const int64_t dropped = std::exchange(dropped_, 0); dropped > 0)
    text += tell_dropped_(dropped);
  writing_ = true;
  lock.unlock();
  WriteAll(text);
  lock.lock();
  writing_ = false;
  written_.notify_all();
}

}  // namespace bitrade::log
