// What the gateway refuses by itself, told to identity, which has an audit trail: in batches, by a
// thread of its own, so that no request waits for it or fails by it.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "bitrade/identity/v1/refusal_service.pb.h"
#include "gateway/refusals/refusal_queue.h"

namespace bitrade {
class Clock;
class IdSource;
}  // namespace bitrade

namespace bitrade::gateway {

// Thread-safe. What identity does not take within its bounds stands in the log alone, a line each,
// and is counted.
class RefusalTrail {
 public:
  // Tells identity and waits for the answer, at most about a second.
  using Send = std::function<absl::Status(const identity::v1::RecordRefusalsRequest&)>;

  RefusalTrail(const Clock& clock, IdSource& ids, RefusalBounds bounds = {});
  ~RefusalTrail() { Close(); }

  // Begins to tell, once `interval` after a refusal or at once when many wait.
  void Begin(Send send, std::chrono::milliseconds interval = std::chrono::seconds(1));

  // Takes a refusal in and returns at once.
  void Record(const identity::v1::Refusal& refusal);

  // Tells what waits, once more if need be, and ends: what comes later stands in the log.
  void Close();

  // Counts what stands in the log alone, since the start; and tells how many rows wait.
  int64_t unrecorded() const { return unrecorded_; }
  size_t waiting() const;

 private:
  void Run();
  // Tells what may be told at `now`; false where identity did not take it and shall get it again.
  bool Tell(absl::Time now);
  std::vector<identity::v1::Refusal> Take(absl::Time now);
  void GiveUp(const identity::v1::Refusal& refusal);

  const Clock& clock_;
  IdSource& ids_;
  std::atomic<int64_t> unrecorded_{0};
  Send send_;
  std::chrono::milliseconds interval_{};
  identity::v1::RecordRefusalsRequest batch_;  // the thread's; after it, Close's
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  RefusalQueue queue_;
  bool waits_ = false;   // something does
  bool urgent_ = false;  // so much that it shall not
  bool behind_ = false;  // identity has not taken a batch
  bool closed_ = true;
  std::thread thread_;
};

}  // namespace bitrade::gateway
