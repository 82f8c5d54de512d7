#include "services/identity/oidc/discovery.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/common/base/status_macros.h"
#include "services/identity/oidc/json_object.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity::oidc {
namespace {

// A list that is missing says nothing against it.
bool MayHave(const JsonObject& document, absl::string_view list, absl::string_view wanted) {
  if (!document.Has(list)) return true;
  const std::vector<std::string> values = document.Texts(list);
  return std::find(values.begin(), values.end(), wanted) != values.end();
}

absl::Status CheckCapabilities(const JsonObject& document) {
  const bool requests = !document.Has("request_parameter_supported") ||
                        document.IsTrue("request_parameter_supported");
  const bool good = requests && MayHave(document, "response_types_supported", "code") &&
                    MayHave(document, "code_challenge_methods_supported", "S256") &&
                    MayHave(document, "token_endpoint_auth_methods_supported", "private_key_jwt");
  return good ? absl::OkStatus() : Refused(Fault::kCapability);
}

absl::StatusOr<std::string> Endpoint(const JsonObject& document, absl::string_view name) {
  std::string address = document.Text(name);
  constexpr absl::string_view kHttps = "https://";
  const bool good = absl::StartsWith(address, kHttps) && address.size() > kHttps.size() &&
                    address.find_first_of(" \t\r\n#\\") == std::string::npos;
  if (!good) return Refused(Fault::kEndpoint);
  return address;
}

}  // namespace

std::string DiscoveryAddress(absl::string_view issuer) {
  return absl::StrCat(absl::StripSuffix(issuer, "/"), "/.well-known/openid-configuration");
}

absl::StatusOr<Discovery> ReadDiscovery(absl::string_view json, absl::string_view issuer) {
  if (json.size() > kLargestDiscovery) return Refused(Fault::kSize);
  ASSIGN_OR_RETURN(const JsonObject document, JsonObject::Parse(json));
  if (document.Text("issuer") != issuer) return Refused(Fault::kIssuer);
  RETURN_IF_ERROR(CheckCapabilities(document));
  Discovery discovery;
  ASSIGN_OR_RETURN(discovery.authorization_endpoint, Endpoint(document, "authorization_endpoint"));
  ASSIGN_OR_RETURN(discovery.token_endpoint, Endpoint(document, "token_endpoint"));
  ASSIGN_OR_RETURN(discovery.userinfo_endpoint, Endpoint(document, "userinfo_endpoint"));
  ASSIGN_OR_RETURN(discovery.jwks_uri, Endpoint(document, "jwks_uri"));
  if (document.Has("end_session_endpoint")) {
    ASSIGN_OR_RETURN(discovery.end_session_endpoint, Endpoint(document, "end_session_endpoint"));
  }
  discovery.announces_iss = document.IsTrue("authorization_response_iss_parameter_supported");
  return discovery;
}

}  // namespace bitrade::identity::oidc
