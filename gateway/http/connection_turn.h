// For the two sources of Connection alone.
#pragma once

#include <functional>
#include <mutex>

#include "gateway/http/connection.h"

namespace bitrade::gateway::http {

// A thread's hold on a connection. At its end, whoever waited for a drain is called, without the
// lock: he will want to write.
class Connection::Turn {
 public:
  explicit Turn(Connection& connection) : connection_(connection), lock_(connection.mutex_) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    const std::function<void()> drained = connection_.TakeDrained();
    lock_.unlock();
    if (drained) drained();
  }

  // Lets others in while the application works.
  void Release() { lock_.unlock(); }
  void Regain() { lock_.lock(); }

 private:
  Connection& connection_;
  std::unique_lock<std::mutex> lock_;
};

}  // namespace bitrade::gateway::http
