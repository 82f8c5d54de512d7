// Log-in as a browser sees it: start, look, give up. The look that finds it complete makes the
// session, except where a return is waited for.
#pragma once

#include "bitrade/gateway/v1/login_service.pb.h"
#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

class IdentityClient;
class LoginEntry;
class OidcLoginClient;
class ReturnPages;

// Thread-safe. Must outlive its requests, and what it is given must outlive it.
class LoginHandler {
 public:
  // `pages` are those that a log-in may ask to be sent to.
  LoginHandler(IdentityClient& identity, OidcLoginClient& oidc_logins, LoginEntry& entry,
               const ReturnPages& pages)
      : identity_(identity), oidc_logins_(oidc_logins), entry_(entry), pages_(pages) {}

  void AddTo(Handlers& handlers);

 private:
  void Create(const ExchangePtr& exchange, const v1::CreateLoginRequest& request);
  void Get(const ExchangePtr& exchange, const v1::GetLoginRequest& request);
  void Cancel(const ExchangePtr& exchange, const v1::CancelLoginRequest& request);

  IdentityClient& identity_;
  OidcLoginClient& oidc_logins_;
  LoginEntry& entry_;
  const ReturnPages& pages_;
};

}  // namespace bitrade::gateway
