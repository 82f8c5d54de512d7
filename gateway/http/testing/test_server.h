// A running edge for tests: on any port, with two reactors, and with the problems of a test.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/http/server.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway::http::testing {

inline Response TestProblem(int status) {
  return {status, "application/problem+json", absl::StrCat("{\"status\":", status, "}"), {}};
}

class TestServer {
 public:
  explicit TestServer(App app, Limits limits = {})
      : server_(limits, std::move(app), TestProblem), port_(server_.Listen("127.0.0.1", 0, 2)) {
    REQUIRE_OK(port_);
  }

  int port() const { return *port_; }
  Server& server() { return server_; }

 private:
  Server server_;
  absl::StatusOr<int> port_;
};

// Yields until `condition` holds; a test that waits in vain ends by its time limit.
template <typename Condition>
void Until(Condition condition) {
  while (!condition()) std::this_thread::yield();
}

// Replies that an application keeps for later, handed over between threads.
class Pending {
 public:
  void Put(Reply reply) {
    const std::lock_guard lock(mutex_);
    replies_.push_back(std::move(reply));
    arrived_.notify_all();
  }

  // Waits for the next.
  Reply Take() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !replies_.empty(); });
    Reply reply = std::move(replies_.front());
    replies_.pop_front();
    return reply;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Reply> replies_;
};

}  // namespace bitrade::gateway::http::testing
