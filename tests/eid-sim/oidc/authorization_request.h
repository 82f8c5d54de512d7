// What a relying party asks for at the authorization endpoint, held to the Swedish profile.
// Source: The Swedish OpenID Connect Profile 1.0; Sweden Connect's OpenID Connect Profile.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/eid-sim/oidc/form.h"

namespace bitrade::eidsim::oidc {

inline constexpr char kNumberScope[] = "https://id.oidc.se/scope/naturalPersonNumber";
inline constexpr char kInfoScope[] = "https://id.oidc.se/scope/naturalPersonInfo";
inline constexpr char kNumberClaim[] = "https://id.oidc.se/claim/personalIdentityNumber";
inline constexpr char kCoordinationClaim[] = "https://id.oidc.se/claim/coordinationNumber";
inline constexpr char kCoordinationLevelClaim[] =
    "https://id.oidc.se/claim/coordinationNumberLevel";
inline constexpr char kAuthnProviderClaim[] = "https://id.oidc.se/claim/authnProvider";
inline constexpr char kAuthnProviderParameter[] = "https://id.oidc.se/param/authnProvider";
inline constexpr char kUserMessageParameter[] = "https://id.oidc.se/param/userMessage";

enum class Acr { kVoluntary, kEssential };

struct AuthorizationRequest {
  std::string issuer;  // whom it was sent to
  std::string client_id;
  std::string redirect_uri;
  std::string state;
  std::string nonce;
  std::string code_challenge;
  std::vector<std::string> scopes;
  std::vector<std::string> acr_values;  // empty: any
  Acr acr = Acr::kVoluntary;
  bool number_in_id_token = false;
  std::string user_message;  // as it was sent
  std::string login_hint;

  bool HasScope(absl::string_view scope) const;
  // Tells whether a log-in on this level is what was asked for.
  bool Accepts(absl::string_view acr_value) const;
};

// Reads the merged parameters; issuer, client and redirect URI have been checked. Errors: a refusal
// (oauth_error.h).
absl::StatusOr<AuthorizationRequest> ReadAuthorizationRequest(const Form& parameters);

}  // namespace bitrade::eidsim::oidc
