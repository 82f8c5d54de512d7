#include "services/common/audit/read_log.h"

#include <utility>

#include "services/common/audit/append.h"
#include "services/common/error/error.h"

namespace bitrade::audit {
namespace {

constexpr size_t kMostWaiting = 4096;

// The database is there and refuses a value: a header that is no text, an id that is no UUID.
bool IsOfOneEntry(const absl::Status& status) {
  return status.code() == absl::StatusCode::kInternal ||
         status.code() == absl::StatusCode::kFailedPrecondition;
}

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
    const absl::Status written = Write(entries);
    if (entries.size() > 1 && IsOfOneEntry(written)) {
      WriteOneByOne(entries, waiting);
    } else {
      for (const Done& done : waiting) done(written);
    }
  }
}

// One statement is its own transaction: BEGIN and COMMIT would be two more round trips.
absl::Status ReadLog::Write(const std::vector<Entry>& entries) {
  return connection_.Read([&entries](postgres::Transaction& tx) {
    audit::Append(tx, entries);
    return absl::OkStatus();
  });
}

void ReadLog::WriteOneByOne(std::vector<Entry>& entries, const std::vector<Done>& waiting) {
  for (size_t i = 0; i < entries.size(); ++i) {
    const std::vector<Entry> alone{std::move(entries[i])};
    waiting[i](Write(alone));
  }
}

}  // namespace bitrade::audit
