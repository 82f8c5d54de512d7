// The feed of a service's events: EventService, served by every service that has something to tell.
// Positions come from the sequencer of whichever replica; the feed only reads them.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "bitrade/events/v1/event_service.grpc.pb.h"
#include "services/common/postgres/connection.h"
#include "services/common/rpc/rpc.h"

namespace bitrade::events {

// The present state as one event for each thing that others project; position 0.
using SnapshotSource = std::function<std::vector<v1::Event>(postgres::Transaction&)>;

class Watcher;

// Thread-safe. One thread reads new events for all watchers, a few times a second while somebody
// watches.
class Feed final : public v1::EventService::CallbackService {
 public:
  Feed(rpc::Rpc& rpc, std::string conninfo, SnapshotSource snapshot);
  ~Feed() override;

  // Ends all streams; a consumer comes back to another replica.
  void Drain();

  grpc::ServerWriteReactor<v1::WatchResponse>* Watch(grpc::CallbackServerContext* context,
                                                     const v1::WatchRequest* request) override;
  grpc::ServerWriteReactor<v1::SnapshotResponse>* Snapshot(
      grpc::CallbackServerContext* context, const v1::SnapshotRequest* request) override;

 private:
  void Run();
  void Round(const std::vector<std::shared_ptr<Watcher>>& watchers);

  rpc::Rpc& rpc_;
  const SnapshotSource snapshot_;
  postgres::Connection connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::shared_ptr<Watcher>> watchers_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace bitrade::events
