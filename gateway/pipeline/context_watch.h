// Notices when a session is used by another browser, or from another network, than before: a
// signal, for both happen to honest people, and never a proof that they did not.
#pragma once

#include <atomic>
#include <cstdint>

#include "absl/status/status.h"
#include "bitrade/gateway/v1/stored_session.pb.h"
#include "gateway/http/message.h"
#include "gateway/pipeline/exchange.h"

namespace bitrade::gateway {

class SessionStore;

// What follows when a session is used from elsewhere.
enum class ContextRule {
  kSignal,   // a line in the log, and a count
  kEnforce,  // the request is refused besides
};

// Makes what a session's later requests are compared with: that it is used as in `request`.
void TakeContext(const http::Request& request, v1::StoredSession& session);

// Thread-safe.
class ContextWatch {
 public:
  ContextWatch(SessionStore& sessions, ContextRule rule) : sessions_(sessions), rule_(rule) {}

  // Compares a request that has its session with the one before it. Errors: SESSION_REQUIRED when
  // it comes from elsewhere, where that is enforced, or under a token that was replaced.
  absl::Status Check(Exchange& exchange);

  // Counts the requests that came from elsewhere than the one before.
  int64_t changes() const { return changes_; }

 private:
  SessionStore& sessions_;
  const ContextRule rule_;
  std::atomic<int64_t> changes_{0};
};

}  // namespace bitrade::gateway
