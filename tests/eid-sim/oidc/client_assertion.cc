#include "tests/eid-sim/oidc/client_assertion.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/oidc/base64url.h"
#include "tests/eid-sim/oidc/jws.h"
#include "tests/eid-sim/oidc/oauth_error.h"

namespace bitrade::eidsim::oidc {
namespace {

constexpr char kType[] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr int64_t kLife = 60;
constexpr int64_t kSkew = 5;

struct Assertion {
  std::string issuer;
  std::string subject;
  std::vector<std::string> audience;
  std::string jti;
  int64_t issued = 0;
  int64_t expiry = 0;
};

absl::Status Bad(absl::string_view why) { return Refused("invalid_client", why); }

absl::StatusOr<Assertion> Read(absl::string_view payload) {
  ASSIGN_OR_RETURN(JsonObject claims, JsonObject::Parse(payload));
  Assertion assertion;
  assertion.issuer = claims.Text("iss");
  assertion.subject = claims.Text("sub");
  assertion.audience = claims.OptionalTextOrTexts("aud").value_or(std::vector<std::string>());
  assertion.jti = claims.Text("jti");
  assertion.issued = claims.OptionalInteger("iat").value_or(0);
  assertion.expiry = claims.OptionalInteger("exp").value_or(0);
  RETURN_IF_ERROR(claims.Finish(UnknownMembers::kIgnore));
  return assertion;
}

bool Names(const std::vector<std::string>& audience, const std::string& issuer) {
  return std::any_of(audience.begin(), audience.end(), [&](const std::string& named) {
    return named == issuer || named == absl::StrCat(issuer, "/token");
  });
}

absl::Status Check(const Assertion& made, const Client& client, const std::string& issuer,
                   int64_t now) {
  if (made.issuer != client.id || made.subject != client.id) return Bad("iss or sub");
  if (!Names(made.audience, issuer)) return Bad("aud");
  if (made.jti.empty()) return Bad("jti");
  if (made.issued > now + kSkew || made.expiry <= now) return Bad("iat or exp");
  if (made.expiry - made.issued > kLife) return Bad("it lives for more than a minute");
  return absl::OkStatus();
}

// Who the client says it is: the parameter is not needed beside the assertion.
std::string ClaimedClient(const Form& form) {
  if (form.contains("client_id")) return ValueOf(form, "client_id");
  const std::vector<std::string> parts = absl::StrSplit(ValueOf(form, "client_assertion"), '.');
  if (parts.size() != 3) return "";
  const absl::StatusOr<std::string> payload = FromBase64Url(parts[1]);
  if (!payload.ok()) return "";
  const absl::StatusOr<Assertion> claimed = Read(*payload);
  return claimed.ok() ? claimed->subject : "";
}

}  // namespace

absl::StatusOr<Client> AuthenticateClient(const Form& form, Realm& realm, absl::Time now) {
  if (ValueOf(form, "client_assertion_type") != kType || form.contains("client_secret")) {
    return Bad("private_key_jwt is demanded");
  }
  const absl::StatusOr<Client> client = realm.FindClient(ClaimedClient(form));
  if (!client.ok()) return Bad("no such client");
  const auto payload = OpenJws(ValueOf(form, "client_assertion"), client->keys);
  if (!payload.ok()) return Bad(payload.status().message());
  const absl::StatusOr<Assertion> assertion = Read(*payload);
  if (!assertion.ok()) return Bad(assertion.status().message());
  RETURN_IF_ERROR(Check(*assertion, *client, realm.issuer(), absl::ToUnixSeconds(now)));
  const absl::Time expiry = absl::FromUnixSeconds(assertion->expiry);
  if (!realm.UseOnce(absl::StrCat(client->id, " ", assertion->jti), expiry, now)) {
    return Bad("the assertion has been used");
  }
  return client;
}

}  // namespace bitrade::eidsim::oidc
