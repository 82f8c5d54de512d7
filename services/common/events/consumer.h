// Applies another service's events to tables of our own: effect and position in one transaction, so
// that nothing is applied twice or lost whatever dies in between. Every replica watches; the lock
// on the consumer's row lets one apply each event.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "bitrade/events/v1/event_service.grpc.pb.h"
#include "services/common/base/clock.h"
#include "services/common/postgres/connection.h"
#include "services/common/rpc/neighbour.h"

namespace bitrade::events {

struct ConsumerSpec {
  std::string source;    // "appointments": the row in table `consumer`
  std::string conninfo;  // of the app role
  // Applies one event, in its transaction; must ignore a version that is not newer than what is
  // stored.
  std::function<absl::Status(postgres::Transaction&, const v1::Event&)> apply;
  // Empties the projection before a snapshot is applied.
  std::function<void(postgres::Transaction&)> reset;
};

class WatchStream;

// Runs in a thread of its own until destroyed.
class Consumer {
 public:
  Consumer(ConsumerSpec spec, rpc::Neighbour& source, const Clock& clock);
  ~Consumer();

 private:
  struct Standing {
    std::string stream_id;
    int64_t position = 0;
    bool operator==(const Standing&) const = default;
  };

  void Run();
  absl::Status Follow();
  absl::Status StartOver();
  absl::StatusOr<Standing> Load();
  Standing Lock(postgres::Transaction& tx) const;
  absl::Status Take(const v1::WatchResponse& message);
  // The whole state of the source, the last message being the one that says so.
  absl::StatusOr<std::vector<v1::SnapshotResponse>> ReadSnapshot();
  absl::Status Apply(postgres::Transaction& tx, const std::vector<v1::SnapshotResponse>& snapshot);
  bool Rest();

  const ConsumerSpec spec_;
  const Clock& clock_;
  std::unique_ptr<v1::EventService::Stub> stub_;
  postgres::Connection connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::shared_ptr<WatchStream> stream_;
  grpc::ClientContext* snapshot_ = nullptr;  // of a Snapshot under way
  Standing standing_;                        // as this thread last saw it
  std::thread thread_;
};

}  // namespace bitrade::events
