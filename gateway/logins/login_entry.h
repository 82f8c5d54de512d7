// The way from a completed log-in to a session: identity says who the person is, registry as whom
// that person may enter, and only then there is a session.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bitrade/gateway/v1/login_service.pb.h"
#include "bitrade/gateway/v1/stored_session.pb.h"
#include "bitrade/identity/v1/login_service.pb.h"
#include "bitrade/identity/v1/session_service.pb.h"
#include "bitrade/registry/v1/profile_service.pb.h"
#include "gateway/pipeline/exchange.h"

namespace bitrade::gateway {

class IdentityClient;
class RegistryClient;
class SessionStore;

// Returns what identity keeps of the browser's log-in cookie, its SHA-256; "" for a browser that
// has none, who sees no log-in.
std::string SecretHashOf(const Exchange& exchange);

// Tells whether a call failed so that the browser is told to ask again instead of being refused.
bool IsPassing(const absl::Status& status);

// Thread-safe. Must outlive its requests, and what it is given must outlive it.
class LoginEntry {
 public:
  // Called once, with the log-in as it is to be shown.
  using Done = std::function<void(absl::StatusOr<v1::Login>)>;

  // `contact_address` is whom somebody without a place in the register turns to.
  LoginEntry(IdentityClient& identity, RegistryClient& registry, SessionStore& sessions,
             std::string contact_address)
      : identity_(identity),
        registry_(registry),
        sessions_(sessions),
        contact_address_(std::move(contact_address)) {}

  // Takes up the log-in `shown`, which identity says is complete, and makes its session: then the
  // session's cookie is among the headers of the answer, and the log-in's is taken away. What comes
  // back is COMPLETE with a session; PENDING when something that is needed is down for a moment;
  // FAILED with the reason why there is none. Errors: those of identity and registry.
  void Enter(const ExchangePtr& exchange, v1::Login shown, Done done);

 private:
  struct Entry {
    ExchangePtr exchange;
    v1::Login answer;
    Done done;
    identity::v1::TakeUpLoginResponse person;
  };
  using EntryPtr = std::shared_ptr<Entry>;
  using Cause = identity::v1::EndSessionRequest::Cause;

  void TellRegistry(const EntryPtr& entry);
  // Opens the session, once the one that the browser has had is ended.
  void Open(const EntryPtr& entry, const registry::v1::Profile& profile);
  void Begin(const EntryPtr& entry, const registry::v1::Profile& profile);
  void TellEnded(const Entry& entry, const v1::StoredSession& ended, Cause cause);
  v1::StoredSession SessionFor(const Entry& entry, const registry::v1::Profile& profile) const;

  IdentityClient& identity_;
  RegistryClient& registry_;
  SessionStore& sessions_;
  const std::string contact_address_;
};

}  // namespace bitrade::gateway
