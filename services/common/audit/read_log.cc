#include "services/common/audit/read_log.h"

#include <utility>

#include "services/common/audit/append.h"
#include "services/common/error/error.h"

namespace bitrade::audit {
namespace {

constexpr size_t kMostWaiting = 4096;

}  // namespace

ReadLog::ReadLog(std::string conninfo)
    : connection_(std::move(conninfo)), thread_([this] { Run(); }) {}

ReadLog::~ReadLog() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void ReadLog::Append(Entry entry, Done done) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < kMostWaiting) {
      entries_.push_back(std::move(entry));
      waiting_.push_back(std::move(done));
      wake_.notify_one();
      return;
    }
  }
  done(Refuse(kOverloaded));
}

void ReadLog::Run() {
  for (;;) {
    std::vector<Entry> entries;
    std::vector<Done> waiting;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      entries.swap(entries_);
      waiting.swap(waiting_);
    }
    const absl::Status written = connection_.Transact([&entries](postgres::Transaction& tx) {
      audit::Append(tx, entries);
      return absl::OkStatus();
    });
    for (const Done& done : waiting) done(written);
  }
}

}  // namespace bitrade::audit
