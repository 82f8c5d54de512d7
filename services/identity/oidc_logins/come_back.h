// What is common to the RPCs by which a browser comes back from an OpenID provider.
#pragma once

#include <string>
#include <utility>

#include "services/identity/oidc/provider.h"

namespace bitrade::identity {

// What a browser has brought back, and for which log-in or confirmation.
struct CameBack {
  std::string id;
  oidc::Return brought;
  std::string address = {};  // from which it was sent there, where that is kept beside the secrets
};

// Reads what it brought; `secrets` are of the log-in or confirmation.
template <typename Request>
oidc::Return BroughtIn(const Request& request, oidc::LoginSecrets&& secrets) {
  return {.code = request.code(),
          .error = request.error(),
          .issuer = request.issuer(),
          .secrets = std::move(secrets)};
}

// The question of such a change (change_twice.h): who is it? `provider` is null only where none is
// asked.
inline auto Redeeming(oidc::Provider* provider) {
  return [provider](const CameBack& back, auto done) {
    provider->Redeem(back.brought, std::move(done));
  };
}

}  // namespace bitrade::identity
