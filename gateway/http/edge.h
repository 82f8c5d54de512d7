// What all connections of one server share.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>

#include "absl/time/time.h"
#include "gateway/http/keeper.h"
#include "gateway/http/limits.h"
#include "gateway/http/reply.h"

namespace bitrade::gateway::http {

// Thread-safe. Outlives its server while an application still holds a Reply.
class Edge {
 public:
  Edge(Limits edge_limits, App edge_app, ProblemBody edge_problem);

  const Limits limits;
  const App app;
  const ProblemBody problem;
  Keeper keeper;

  uint64_t NewConnectionId() { return ++last_id_; }

  // Counts open connections, also those that only wait to be closed.
  size_t connections() const { return connections_; }
  void ConnectionOpened() { ++connections_; }
  void ConnectionClosed() { --connections_; }

  // Counts what a connection holds of a body that arrives: `held` becomes `size`. Returns false
  // where all together hold too much and this one is not small.
  bool HoldBody(size_t size, size_t& held);

  // Counts requests from their dispatch until the system has taken the last byte of the answer, or
  // the application is done with a client that is gone.
  int64_t in_flight() const { return in_flight_; }
  void RequestStarted() { ++in_flight_; }
  void RequestFinished();

  // While draining, every answer ends its connection.
  bool draining() const { return draining_.load(std::memory_order_relaxed); }

  // Begins to drain and waits until nothing is in flight, but at most `patience`.
  void Drain(absl::Duration patience);

 private:
  std::atomic<uint64_t> last_id_{0};
  std::atomic<size_t> connections_{0};
  std::atomic<size_t> bodies_{0};
  std::atomic<int64_t> in_flight_{0};
  std::atomic<bool> draining_{false};
  std::mutex mutex_;
  std::condition_variable finished_;
};

}  // namespace bitrade::gateway::http
