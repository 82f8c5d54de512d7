#include "tests/eid-sim/oidc/discovery.h"

#include "absl/strings/str_cat.h"
#include "tests/eid-sim/oidc/authorization.h"
#include "tests/eid-sim/oidc/authorization_request.h"
#include "tests/eid-sim/oidc/json_members.h"

namespace bitrade::eidsim::oidc {
namespace {

void TellEndpoints(absl::string_view issuer, JsonMembers& document) {
  document.Text("issuer", issuer)
      .Text("authorization_endpoint", absl::StrCat(issuer, "/authorize"))
      .Text("token_endpoint", absl::StrCat(issuer, "/token"))
      .Text("userinfo_endpoint", absl::StrCat(issuer, "/userinfo"))
      .Text("end_session_endpoint", absl::StrCat(issuer, "/logout"))
      .Text("jwks_uri", absl::StrCat(issuer, "/jwks"));
}

void TellAlgorithms(JsonMembers& document) {
  const std::string algorithms = JsonTexts({"ES256", "RS256", "PS256"});
  for (const char* name :
       {"id_token_signing_alg_values_supported", "userinfo_signing_alg_values_supported",
        "request_object_signing_alg_values_supported",
        "token_endpoint_auth_signing_alg_values_supported"}) {
    document.Json(name, algorithms);
  }
}

void TellAbilities(JsonMembers& document) {
  document.Json("response_types_supported", JsonTexts({"code"}))
      .Json("response_modes_supported", JsonTexts({"query"}))
      .Json("grant_types_supported", JsonTexts({"authorization_code"}))
      .Json("subject_types_supported", JsonTexts({"public"}))
      .Json("token_endpoint_auth_methods_supported", JsonTexts({"private_key_jwt"}))
      .Json("code_challenge_methods_supported", JsonTexts({"S256"}))
      .Json("prompt_values_supported", JsonTexts({"login"}))
      .Json("scopes_supported", JsonTexts({"openid", kNumberScope, kInfoScope}))
      .Json("acr_values_supported",
            JsonTexts({AcrOf("loa2"), AcrOf("loa3"), AcrOf("loa4"), AcrOf("uncertified-loa3")}))
      .Json("claims_supported",
            JsonTexts({"sub", "acr", "auth_time", "name", "given_name", "family_name", "birthdate",
                       "txn", kNumberClaim, kCoordinationClaim, kCoordinationLevelClaim,
                       kAuthnProviderClaim}));
  for (const char* name :
       {"claims_parameter_supported", "request_parameter_supported",
        "authorization_response_iss_parameter_supported", "backchannel_logout_supported",
        "backchannel_logout_session_supported"}) {
    document.Flag(name, true);
  }
  document.Flag("request_uri_parameter_supported", false);
}

}  // namespace

std::string DiscoveryJson(absl::string_view issuer) {
  JsonMembers document;
  TellEndpoints(issuer, document);
  TellAlgorithms(document);
  TellAbilities(document);
  return document.Object();
}

}  // namespace bitrade::eidsim::oidc
