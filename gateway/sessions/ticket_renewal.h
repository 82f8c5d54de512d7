// Keeps the ticket of a session fresh: renewed at identity before it ends, once however many
// requests of the session come meanwhile.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bitrade/gateway/v1/stored_session.pb.h"
#include "bitrade/identity/v1/login_service.pb.h"
#include "services/common/rpc/outgoing.h"

namespace bitrade {
class Clock;
}

namespace bitrade::gateway {

class IdentityClient;
class SessionStore;

// Thread-safe.
class TicketRenewal {
 public:
  using Done = std::function<void(absl::Status)>;

  TicketRenewal(IdentityClient& identity, SessionStore& sessions, const Clock& clock)
      : identity_(identity), sessions_(sessions), clock_(clock) {}
  // Waits for the renewals under way.
  ~TicketRenewal();

  // Calls `done` once the ticket of `session`, which lies under `key`, can be used: at once while
  // it holds, even if identity is down; else when identity has given a new one, which is then in
  // `session`.
  // A session that goes on elsewhere uses up the ticket that it has.
  // Errors: SESSION_REQUIRED when identity refuses, and the session is ended; UNAVAILABLE.
  void Refresh(const std::string& key, v1::StoredSession& session, const rpc::Outgoing& outgoing,
               Done done);

 private:
  using Renewed = absl::StatusOr<identity::v1::RenewTicketResponse>;
  struct Waiter {
    v1::StoredSession* session;
    Done done;
  };

  // Adds a waiter, if it is one, and tells whether the renewal is the caller's to make.
  bool Join(const std::string& key, std::vector<Waiter> waiter);
  void Renew(const std::string& key, const v1::StoredSession& session,
             const rpc::Outgoing& outgoing);
  void Finish(const std::string& key, v1::StoredSession session, const Renewed& renewed);

  IdentityClient& identity_;
  SessionStore& sessions_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable finished_;
  absl::flat_hash_map<std::string, std::vector<Waiter>> under_way_;  // by the session's key
};

}  // namespace bitrade::gateway
