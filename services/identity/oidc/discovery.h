// What a provider says of itself (OpenID Connect Discovery 1.0).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::identity::oidc {

// In bytes.
constexpr size_t kLargestDiscovery = size_t{64} * 1024;

// Its addresses, all https.
struct Discovery {
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string userinfo_endpoint;
  std::string jwks_uri;
  std::string end_session_endpoint;  // "" where the provider ends no session for us
  bool announces_iss = false;        // the return has an `iss` parameter, always
};

// Where the document of `issuer` lies.
std::string DiscoveryAddress(absl::string_view issuer);

// Reads the document of `issuer`, which must name itself exactly so.
//
// Errors: OIDC_ANSWER_REFUSED with fault SIZE, FORM, ISSUER, ENDPOINT, or CAPABILITY for a provider
// that says that it has no code flow, S256, private_key_jwt or request object.
absl::StatusOr<Discovery> ReadDiscovery(absl::string_view json, absl::string_view issuer);

}  // namespace bitrade::identity::oidc
