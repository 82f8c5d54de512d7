// A registered relying party.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tests/eid-sim/oidc/jwk.h"

namespace bitrade::eidsim::oidc {

struct Client {
  std::string id;
  std::vector<std::string> redirect_uris;
  std::vector<PublicKey> keys;
  std::vector<std::string> post_logout_redirect_uris;
  std::string backchannel_logout_uri;  // empty: it is told of no logout
};

// Reads {redirectUris, jwks, postLogoutRedirectUris?, backchannelLogoutUri?}. Errors:
// INVALID_ARGUMENT naming the member.
absl::StatusOr<Client> ParseClient(absl::string_view id, absl::string_view body);

}  // namespace bitrade::eidsim::oidc
