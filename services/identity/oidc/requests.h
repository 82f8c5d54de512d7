// What we ask a provider: the address that the browser is sent to, and the exchange of the code
// that it comes back with. Source: The Swedish OpenID Connect Profile 1.0; RFC 7636 (PKCE), RFC
// 7523 (private_key_jwt).
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/identity/oidc/discovery.h"
#include "services/identity/oidc/keys.h"
#include "services/identity/oidc/terms.h"

namespace bitrade::identity::oidc {

// What binds a return to its log-in. 256 random bits each, in base64url.
struct LoginSecrets {
  std::string state;          // comes back with the browser
  std::string nonce;          // comes back in the ID token
  std::string code_verifier;  // proves to the provider that we began
};

// Makes fresh ones.
LoginSecrets NewSecrets();

// Makes fresh ones for the confirmation of what has this digest: it is part of the nonce, so that
// the ID token, signed by the provider, says what was confirmed. The state begins with "confirm.".
LoginSecrets NewConfirmationSecrets(absl::string_view manifest_sha256);

// Who asks, how the provider is reached, and when.
struct Asking {
  const Terms& terms;
  const Discovery& provider;
  const SigningKey& key;
  absl::Time now;
};

// Returns the S256 challenge of a code verifier.
std::string CodeChallenge(absl::string_view code_verifier);

// Returns the address of the provider's authorization endpoint with a signed request object, which
// says everything: what stands beside it is what OAuth demands. About 1.5 kB.
std::string AuthorizationUrl(const Asking& asking, const LoginSecrets& secrets);

// Returns the form that exchanges `code`, with a client assertion of its own.
std::string TokenRequest(const Asking& asking, absl::string_view code,
                         absl::string_view code_verifier);

// Returns the address that ends the browser's session at the provider (OpenID Connect RP-Initiated
// Logout 1.0); "" where the provider has none. `state` comes back with the browser.
std::string LogoutUrl(const Terms& terms, const Discovery& provider, absl::string_view id_token,
                      absl::string_view state);

}  // namespace bitrade::identity::oidc
