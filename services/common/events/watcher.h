// One consumer that watches: what it has got, what waits to be written, and when it last heard from
// us.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "bitrade/events/v1/event_service.grpc.pb.h"
#include "services/common/rpc/call.h"

namespace bitrade::events {

// Where a stream stands, and when that was read.
struct StreamHead {
  std::string stream_id;
  int64_t head = 0;
  absl::Time time;
};

// Thread-safe: the feed's thread gives, gRPC's threads write. Kept alive by the feed until it is
// done.
class Watcher final : public grpc::ServerWriteReactor<v1::WatchResponse>,
                      public std::enable_shared_from_this<Watcher> {
 public:
  Watcher(std::shared_ptr<rpc::Call> call, const v1::WatchRequest& request);

  // Begins, or ends at once when the caller is not admitted. Holds the watcher until gRPC has done
  // with it.
  void Begin();

  // Refuses a stream or a position that is not ours. Called with every head.
  bool Accepts(const StreamHead& head);
  // The position after which events are wanted; -1 while what was given is not written yet.
  int64_t WantsAfter();
  // Gives events in order, and the head that they were read with; a heartbeat when there are none
  // and one is due. Ends the stream when the events that follow are no longer there.
  void Give(const StreamHead& head, std::vector<v1::Event> events);
  // Ends the stream.
  void End(const absl::Status& status);
  bool done();

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  bool Misses(const StreamHead& head, const std::vector<v1::Event>& events);
  void Queue(const StreamHead& head, std::vector<v1::Event> events);
  void WriteNext();

  const std::shared_ptr<rpc::Call> call_;
  std::mutex mutex_;
  std::string stream_id_;  // that the position belongs to; who begins without gets the present one
  int64_t after_;
  std::deque<v1::WatchResponse> queue_;
  v1::WatchResponse writing_;
  bool busy_ = false, finished_ = false, done_ = false;
  std::chrono::steady_clock::time_point last_{};
  std::shared_ptr<Watcher> self_;
};

}  // namespace bitrade::events
