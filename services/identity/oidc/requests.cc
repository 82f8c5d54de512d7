#include "services/identity/oidc/requests.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "services/identity/oidc/base64url.h"
#include "services/identity/oidc/claims.h"
#include "services/identity/oidc/jws.h"

namespace bitrade::identity::oidc {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr size_t kSecretSize = 32;
constexpr size_t kTokenIdSize = 16;
// As long as a log-in may be pending.
constexpr absl::Duration kRequestLife = absl::Minutes(10);
constexpr absl::Duration kAssertionLife = absl::Minutes(1);
constexpr char kScope[] =
    "openid https://id.oidc.se/scope/naturalPersonNumber "
    "https://id.oidc.se/scope/naturalPersonInfo";
constexpr char kAssertionType[] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
// No log-in's begins so: base64url has no dot.
constexpr char kConfirmationState[] = "confirm.";
constexpr char kAuthnProviderParameter[] = "https://id.oidc.se/param/authnProvider";

void Write(Writer& writer, absl::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void WriteMember(Writer& writer, const char* name, absl::string_view text) {
  writer.Key(name);
  Write(writer, text);
}

void WriteTime(Writer& writer, const char* name, absl::Time time) {
  writer.Key(name);
  writer.Int64(absl::ToUnixSeconds(time));
}

// Who says it to whom, once, and for how long.
void WriteEnvelope(Writer& writer, const Asking& asking, absl::string_view audience,
                   absl::Duration life) {
  WriteMember(writer, "iss", asking.terms.client_id);
  WriteMember(writer, "aud", audience);
  WriteMember(writer, "jti", ToBase64Url(crypto::RandomBytes(kTokenIdSize)));
  WriteTime(writer, "iat", asking.now);
  WriteTime(writer, "exp", asking.now + life);
}

// The claims without which a log-in is no use to us.
void WriteClaims(Writer& writer, const Terms& terms) {
  writer.Key("claims");
  writer.StartObject();
  writer.Key("id_token");
  writer.StartObject();
  writer.Key("acr");
  writer.StartObject();
  writer.Key("essential");
  writer.Bool(true);
  writer.Key("values");
  writer.StartArray();
  for (const std::string& level : terms.levels) Write(writer, level);
  writer.EndArray();
  writer.EndObject();
  // Who has a coordination number has no other.
  const bool essential = terms.coordination_numbers == CoordinationNumbers::kRefused;
  writer.Key(kPersonalNumberClaim);
  writer.StartObject();
  writer.Key("essential");
  writer.Bool(essential);
  writer.EndObject();
  writer.EndObject();
  writer.EndObject();
}

std::string RequestObject(const Asking& asking, const LoginSecrets& secrets) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  WriteEnvelope(writer, asking, asking.terms.issuer, kRequestLife);
  WriteMember(writer, "client_id", asking.terms.client_id);
  WriteMember(writer, "response_type", "code");
  WriteMember(writer, "redirect_uri", asking.terms.redirect_uri);
  WriteMember(writer, "scope", kScope);
  WriteMember(writer, "state", secrets.state);
  WriteMember(writer, "nonce", secrets.nonce);
  WriteMember(writer, "code_challenge", CodeChallenge(secrets.code_verifier));
  WriteMember(writer, "code_challenge_method", "S256");
  WriteMember(writer, "prompt", "login");
  // With it, the provider must tell when the person authenticated.
  writer.Key("max_age");
  writer.Int64(absl::ToInt64Seconds(kFresh));
  if (!asking.terms.authn_provider.empty()) {
    WriteMember(writer, kAuthnProviderParameter, asking.terms.authn_provider);
  }
  WriteClaims(writer, asking.terms);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string ClientAssertion(const Asking& asking) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  WriteEnvelope(writer, asking, asking.provider.token_endpoint, kAssertionLife);
  WriteMember(writer, "sub", asking.terms.client_id);
  writer.EndObject();
  return SignJws({buffer.GetString(), buffer.GetSize()}, asking.key);
}

bool IsUnreserved(unsigned char c) {
  return absl::ascii_isalnum(c) || absl::StrContains("-._~", c);
}

void Encode(absl::string_view text, std::string& out) {
  constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (IsUnreserved(byte)) {
      out.push_back(c);
    } else {
      out.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
}

void AddParameter(absl::string_view name, absl::string_view value, std::string& form) {
  if (!form.empty()) form.push_back('&');
  absl::StrAppend(&form, name, "=");
  Encode(value, form);
}

std::string WithQuery(const std::string& endpoint, absl::string_view query) {
  return absl::StrCat(endpoint, absl::StrContains(endpoint, '?') ? "&" : "?", query);
}

}  // namespace

LoginSecrets NewSecrets() {
  const auto fresh = [] { return ToBase64Url(crypto::RandomBytes(kSecretSize)); };
  return {.state = fresh(), .nonce = fresh(), .code_verifier = fresh()};
}

LoginSecrets NewConfirmationSecrets(absl::string_view manifest_sha256) {
  LoginSecrets secrets = NewSecrets();
  secrets.state.insert(0, kConfirmationState);
  absl::StrAppend(&secrets.nonce, ".", manifest_sha256);
  return secrets;
}

std::string CodeChallenge(absl::string_view code_verifier) {
  return ToBase64Url(crypto::Sha256(code_verifier));
}

std::string AuthorizationUrl(const Asking& asking, const LoginSecrets& secrets) {
  std::string query;
  AddParameter("client_id", asking.terms.client_id, query);
  AddParameter("response_type", "code", query);
  AddParameter("scope", kScope, query);
  AddParameter("request", SignJws(RequestObject(asking, secrets), asking.key), query);
  return WithQuery(asking.provider.authorization_endpoint, query);
}

std::string TokenRequest(const Asking& asking, absl::string_view code,
                         absl::string_view code_verifier) {
  std::string form;
  AddParameter("grant_type", "authorization_code", form);
  AddParameter("code", code, form);
  AddParameter("redirect_uri", asking.terms.redirect_uri, form);
  AddParameter("client_id", asking.terms.client_id, form);
  AddParameter("code_verifier", code_verifier, form);
  AddParameter("client_assertion_type", kAssertionType, form);
  AddParameter("client_assertion", ClientAssertion(asking), form);
  return form;
}

std::string LogoutUrl(const Terms& terms, const Discovery& provider, absl::string_view id_token,
                      absl::string_view state) {
  if (provider.end_session_endpoint.empty()) return "";
  std::string query;
  AddParameter("id_token_hint", id_token, query);
  if (!terms.logout_redirect_uri.empty()) {
    AddParameter("post_logout_redirect_uri", terms.logout_redirect_uri, query);
    AddParameter("state", state, query);
  }
  return WithQuery(provider.end_session_endpoint, query);
}

}  // namespace bitrade::identity::oidc
