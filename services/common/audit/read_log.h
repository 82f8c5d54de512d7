// Audited reads, in group commits: whoever comes while a commit is under way shares the next one.
// No timer, so that a lone read waits for one commit and no more.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "services/common/audit/entry.h"
#include "services/common/postgres/connection.h"

namespace bitrade::audit {

// Thread-safe.
class ReadLog {
 public:
  using Done = std::function<void(absl::Status)>;

  explicit ReadLog(std::string conninfo);
  // Writes what is queued, then ends.
  ~ReadLog();

  // Queues `entry`; `done` is called from the log's thread once it is committed, or with why it is
  // not: then the read must not be answered. A full queue is RESOURCE_EXHAUSTED at once. An entry
  // that the database refuses takes no other with it.
  void Append(Entry entry, Done done);

 private:
  void Run();
  absl::Status Write(const std::vector<Entry>& entries);
  void WriteOneByOne(std::vector<Entry>& entries, const std::vector<Done>& waiting);

  postgres::Connection connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Entry> entries_;
  std::vector<Done> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace bitrade::audit
