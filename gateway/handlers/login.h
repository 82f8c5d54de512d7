// Log-in as a browser sees it: identity says who the person is, registry as whom that person may
// enter, and only then there is a session.
#pragma once

#include <memory>
#include <string>

#include "bitrade/gateway/v1/login_service.pb.h"
#include "bitrade/identity/v1/login_service.pb.h"
#include "bitrade/registry/v1/profile_service.pb.h"
#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

class IdentityClient;
class RegistryClient;
class SessionStore;

// Thread-safe. Must outlive its requests, and what it is given must outlive it.
class LoginHandler {
 public:
  // `contact_address` is whom somebody without a place in the register turns to.
  LoginHandler(IdentityClient& identity, RegistryClient& registry, SessionStore& sessions,
               std::string contact_address)
      : identity_(identity),
        registry_(registry),
        sessions_(sessions),
        contact_address_(std::move(contact_address)) {}

  void AddTo(Handlers& handlers);

 private:
  // A log-in that identity has completed, on its way to a session.
  struct Entry {
    ExchangePtr exchange;
    v1::Login answer;
    identity::v1::TakeUpLoginResponse person;
  };
  using EntryPtr = std::shared_ptr<Entry>;

  void Create(const ExchangePtr& exchange, const v1::CreateLoginRequest& request);
  void Get(const ExchangePtr& exchange, const v1::GetLoginRequest& request);
  void Cancel(const ExchangePtr& exchange, const v1::CancelLoginRequest& request);
  void TakeUp(const EntryPtr& entry);
  void AskProfiles(const EntryPtr& entry);
  void Enter(const EntryPtr& entry, const registry::v1::Profile& profile);
  v1::StoredSession SessionFor(const Entry& entry, const registry::v1::Profile& profile) const;

  IdentityClient& identity_;
  RegistryClient& registry_;
  SessionStore& sessions_;
  const std::string contact_address_;
};

}  // namespace bitrade::gateway
