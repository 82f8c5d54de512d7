// One thread that serves what no reactor sees: sockets that take bytes again, and deadlines. It
// owns the connections, so that their last owner is never inside a foreign library.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

namespace bitrade::gateway::http {

class Connection;

// Thread-safe. Calls a connection without holding a lock of its own, so that a connection may call
// the keeper under its.
class Keeper {
 public:
  enum class Interest { kWritable, kHangUp };

  // Looks at the deadlines once in a `tick`.
  explicit Keeper(absl::Duration tick);
  ~Keeper();

  // Takes a connection until Remove.
  void Add(std::shared_ptr<Connection> connection);
  void Remove(uint64_t connection);

  // Calls Connection::OnSocketEvent once, when the socket is writable (kWritable), or broken or
  // ended on both sides (either).
  void Watch(uint64_t connection, int fd, Interest interest);
  void Unwatch(int fd);

  // Calls `visit` with every connection there is.
  void ForEach(const std::function<void(Connection&)>& visit);

  // Ends the thread. The connections stay until they are removed.
  void Stop();

 private:
  void Run();
  void ServeEvents(int timeout_ms);
  void ServeDeadlines();
  std::shared_ptr<Connection> Find(uint64_t connection);
  std::vector<std::shared_ptr<Connection>> All();

  const absl::Duration tick_;
  const int epoll_;
  const int wake_;        // an eventfd
  bool stopped_ = false;  // written and read by Run's thread only
  std::mutex mutex_;
  absl::flat_hash_map<uint64_t, std::shared_ptr<Connection>> connections_;
  std::thread thread_;
};

}  // namespace bitrade::gateway::http
