// How a browser that comes back from an e-legitimation, an app or somebody else's page, gets its
// session and goes on to a page of the front end. Each way back has a handler of its own, which
// asks identity whether it recognises the browser; the rest is here.
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "bitrade/gateway/v1/login_service.pb.h"
#include "bitrade/identity/v1/login_service.pb.h"
#include "gateway/logins/return_pages.h"
#include "gateway/pipeline/exchange.h"

namespace bitrade::gateway {

class IdentityClient;
class LoginEntry;

// Thread-safe; never blocks. Must outlive its requests, and what it is given must outlive it.
class LoginReturn {
 public:
  LoginReturn(IdentityClient& identity, LoginEntry& entry, const ReturnPages& pages)
      : identity_(identity), entry_(entry), pages_(pages) {}

  // Goes on with the log-in whose browser identity has recognised. The app is often faster than the
  // provider's answer: waits a few seconds for the end, makes the session, and sends the browser to
  // the log-in's page. What is not over then, or cannot be opened for a moment, the page asks for
  // by itself: the browser has proved to be the right one.
  void GoOn(const ExchangePtr& exchange, const identity::v1::Login& login);

  // Sends a browser that identity does not recognise to the usual page, with the reason. When
  // identity is down for a moment, the browser comes again by itself.
  void Refuse(const ExchangePtr& exchange, const absl::Status& refusal);

 private:
  struct Waiting;
  using WaitingPtr = std::shared_ptr<Waiting>;

  void Judge(const WaitingPtr& waiting);
  void AskLater(const WaitingPtr& waiting);
  void Ask(WaitingPtr waiting);
  void Enter(const WaitingPtr& waiting, v1::Login shown);
  void Send(const Waiting& waiting, const v1::Login& shown) const;

  IdentityClient& identity_;
  LoginEntry& entry_;
  const ReturnPages& pages_;
};

}  // namespace bitrade::gateway
