#include "tests/eid-sim/oidc/testing/relying_party.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/common/crypto/digest.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/oidc/base64url.h"
#include "tests/eid-sim/oidc/jose_algorithms.h"
#include "tests/eid-sim/oidc/jws.h"

namespace bitrade::eidsim::oidc::testing {
namespace {

constexpr char kClaims[] =
    R"({"id_token":{"acr":{"essential":true,"values":["http://id.elegnamnden.se/loa/1.0/loa3",)"
    R"("http://id.elegnamnden.se/loa/1.0/loa4"]},)"
    R"("https://id.oidc.se/claim/personalIdentityNumber":{"essential":true}}})";

std::vector<Person> Persons() {
  Person astrid{kNumber, "Astrid Exempelsson", "Astrid", "Exempelsson"};
  Person blocked{"199908072391", "Bo Spärrad", "Bo", "Spärrad"};
  blocked.blocked = true;
  // A coordination number: the day of birth is raised by 60.
  return {astrid, blocked, {"197010632391", "Cecilia Exempelsson", "Cecilia", "Exempelsson"}};
}

}  // namespace

RelyingParty::RelyingParty()
    : provider(clock, Persons),
      control(provider.parts()),
      key{"bitrade-1", "ES256", NewKeyFor("ES256")} {
  Realm& realm = provider.parts().realm;
  realm.SetIssuer(kIssuer);
  Client client;
  client.id = "bitrade";
  client.redirect_uris = {kCallback};
  client.keys = {{key.kid, key.key}};
  client.post_logout_redirect_uris = {"https://bitrade.example/"};
  realm.PutClient(client);
}

HttpAnswer RelyingParty::Get(const std::string& target, const std::string& authorization) {
  HttpRequest request{"GET", target};
  request.authorization = authorization;
  return provider.Answer(request);
}

HttpAnswer RelyingParty::Post(const std::string& path, const Parameters& form) {
  return provider.Answer({"POST", path, "application/x-www-form-urlencoded", FormText(form)});
}

HttpAnswer RelyingParty::Call(const std::string& method, const std::string& path,
                              const std::string& body) {
  return control.Answer({method, absl::StrCat(kControlPrefix, path), "application/json", body});
}

std::string RelyingParty::Signed(const JsonMembers& claims) const {
  const std::string header = JsonMembers().Text("alg", key.algorithm).Text("kid", key.kid).Object();
  const std::string input = SigningInput(header, claims.Object());
  return absl::StrCat(input, ".", Base64Url(SignBytes(key.algorithm, *key.key, input)));
}

JsonMembers RelyingParty::Wanted() const {
  return JsonMembers()
      .Text("iss", "bitrade")
      .Text("aud", kIssuer)
      .Text("client_id", "bitrade")
      .Text("response_type", "code")
      .Text("redirect_uri", kCallback)
      .Text("scope", absl::StrCat("openid ", kNumberScope, " ", kInfoScope))
      .Text("state", kState)
      .Text("nonce", kNonce)
      .Text("prompt", "login")
      .Text("code_challenge_method", "S256")
      .Text("code_challenge", Base64Url(crypto::Sha256(kVerifier)))
      .Json("claims", kClaims);
}

HttpAnswer RelyingParty::Ask(const JsonMembers& claims) {
  return Get(WithQuery("/authorize", {{"client_id", "bitrade"},
                                      {"response_type", "code"},
                                      {"scope", TextOf(claims.Object(), "scope")},
                                      {"request", Signed(claims)}}));
}

std::string RelyingParty::Begin() {
  const std::vector<std::string> parts = absl::StrSplit(LocationOf(Ask(Wanted())), '/');
  return parts.back();
}

Form RelyingParty::Approved(const std::string& id, const std::string& more) {
  const HttpAnswer answer =
      Call("POST", absl::StrCat("authorizations/", id, "/approve"),
           absl::StrCat(R"({"personalNumber":")", kNumber, R"(")", more, "}"));
  return QueryOf(TextOf(answer.body, "redirectUrl"));
}

JsonMembers RelyingParty::Assertion() {
  const int64_t now = absl::ToUnixSeconds(clock.TimeNow());
  return JsonMembers()
      .Text("iss", "bitrade")
      .Text("sub", "bitrade")
      .Text("aud", absl::StrCat(kIssuer, "/token"))
      .Text("jti", absl::StrCat("assertion-", ++assertions_))
      .Number("iat", now)
      .Number("exp", now + 60);
}

Parameters RelyingParty::TokenForm(const std::string& code) {
  return {{"grant_type", "authorization_code"},
          {"code", code},
          {"redirect_uri", kCallback},
          {"client_id", "bitrade"},
          {"code_verifier", kVerifier},
          {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
          {"client_assertion", Signed(Assertion())}};
}

HttpAnswer RelyingParty::LogIn(const std::string& more) {
  return Redeem(TokenForm(ValueOf(Approved(Begin(), more), "code")));
}

std::string TextOf(const std::string& json, const char* name) {
  absl::StatusOr<JsonObject> object = JsonObject::Parse(json);
  return object.ok() ? object->OptionalText(name).value_or("") : "";
}

std::string PayloadOf(const std::string& token) {
  const std::vector<std::string> parts = absl::StrSplit(token, '.');
  return parts.size() < 2 ? "" : FromBase64Url(parts[1]).value_or("");
}

std::string HeaderOf(const std::string& token) {
  const std::vector<std::string> parts = absl::StrSplit(token, '.');
  return FromBase64Url(parts[0]).value_or("");
}

std::string LocationOf(const HttpAnswer& answer) {
  for (const auto& [name, value] : answer.headers) {
    if (name == "Location") return value;
  }
  return "";
}

Form QueryOf(const std::string& url) {
  const size_t query = url.find('?');
  if (query == std::string::npos) return {};
  return ParseForm(absl::string_view(url).substr(query + 1)).value_or(Form());
}

}  // namespace bitrade::eidsim::oidc::testing
