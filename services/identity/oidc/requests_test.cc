#include "services/identity/oidc/requests.h"

#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/common/testing/catch.h"
#include "services/identity/oidc/base64url.h"
#include "services/identity/oidc/claims.h"
#include "services/identity/oidc/jws.h"
#include "services/identity/oidc/refusal.h"
#include "services/identity/oidc/testing/test_key.h"

namespace bitrade::identity::oidc {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
constexpr char kIssuer[] = "https://id.example";
constexpr char kDocument[] = R"({
  "issuer": "https://id.example",
  "authorization_endpoint": "https://id.example/authorize",
  "token_endpoint": "https://id.example/token",
  "userinfo_endpoint": "https://id.example/userinfo",
  "jwks_uri": "https://id.example/jwks",
  "response_types_supported": ["code"],
  "code_challenge_methods_supported": ["S256"],
  "token_endpoint_auth_methods_supported": ["private_key_jwt"],
  "authorization_response_iss_parameter_supported": true})";

const Terms kTerms{.issuer = kIssuer,
                   .client_id = "bit rade",
                   .redirect_uri = "https://bitrade.example/return?a=b",
                   .levels = kAcceptedLevels,
                   .authn_provider = "https://telia.example"};

const SigningKey& OurKey() {
  static const auto& key = *new SigningKey(*SigningKey::FromPem(TestKey::Ec("").Pem()));
  return key;
}

const Discovery& Provider() {
  static const auto& provider = *new Discovery(*ReadDiscovery(kDocument, kIssuer));
  return provider;
}

Asking AskingAs(const Terms& terms) {
  return {.terms = terms, .provider = Provider(), .key = OurKey(), .now = kNow};
}

std::string FaultWith(absl::string_view before, absl::string_view after) {
  const std::string document = absl::StrReplaceAll(kDocument, {{before, after}});
  REQUIRE(document != kDocument);
  return FaultOf(ReadDiscovery(document, kIssuer).status());
}

// The parameters of a form, decoded where we need it.
std::map<std::string, std::string> FormOf(absl::string_view form) {
  return absl::StrSplit(form, absl::ByAnyChar("&="));
}

JsonObject ClaimsOf(absl::string_view token) {
  const auto claims = VerifyJws(token, TokenType::kJwt, SetOf({OurKey().PublicJwk()}));
  REQUIRE_OK(claims);
  return *claims;
}

TEST_CASE("A provider's document is read", "[identity][oidc]") {
  CHECK(DiscoveryAddress("https://id.example") ==
        "https://id.example/.well-known/openid-configuration");
  CHECK(DiscoveryAddress("https://id.example/a/") ==
        "https://id.example/a/.well-known/openid-configuration");
  const auto provider = ReadDiscovery(kDocument, kIssuer);
  REQUIRE_OK(provider);
  CHECK(provider->token_endpoint == "https://id.example/token");
  CHECK(provider->announces_iss);
}

TEST_CASE("A document of another issuer, or with addresses in clear, is refused",
          "[identity][oidc]") {
  CHECK(FaultOf(ReadDiscovery(kDocument, "https://id.example/").status()) == "ISSUER");
  CHECK(FaultWith("https://id.example/token", "http://id.example/token") == "ENDPOINT");
  CHECK(FaultWith("https://id.example/authorize", "https://") == "ENDPOINT");
  CHECK(FaultWith("https://id.example/jwks", "https://id.example/j wks") == "ENDPOINT");
  CHECK(FaultWith("userinfo_endpoint", "user_info_endpoint") == "ENDPOINT");
  CHECK(FaultWith("\"issuer\"", "\"issuer\":\"x\",\"issuer\"") == "FORM");
  CHECK(FaultOf(ReadDiscovery(std::string(kLargestDiscovery + 1, ' '), kIssuer).status()) ==
        "SIZE");
}

TEST_CASE("A provider that says it cannot what we need is refused", "[identity][oidc]") {
  CHECK(FaultWith("[\"code\"]", "[\"id_token\"]") == "CAPABILITY");
  CHECK(FaultWith("S256", "plain") == "CAPABILITY");
  CHECK(FaultWith("private_key_jwt", "client_secret_basic") == "CAPABILITY");
  CHECK(FaultWith("\"issuer\"", "\"request_parameter_supported\":false,\"issuer\"") ==
        "CAPABILITY");
}

TEST_CASE("The challenge is that of RFC 7636, appendix B", "[identity][oidc]") {
  CHECK(CodeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") ==
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST_CASE("Secrets are 256 bits each and never the same", "[identity][oidc]") {
  const LoginSecrets one = NewSecrets();
  const LoginSecrets other = NewSecrets();
  CHECK(FromBase64Url(one.state)->size() == 32);
  CHECK(FromBase64Url(one.nonce)->size() == 32);
  CHECK(one.code_verifier.size() == 43);
  CHECK(one.state != one.nonce);
  CHECK(one.state != other.state);
  CHECK(one.code_verifier != other.code_verifier);
}

TEST_CASE("What is confirmed is part of what the provider signs, and its state is no log-in's",
          "[identity][oidc]") {
  const std::string digest(64, 'a');
  const LoginSecrets one = NewConfirmationSecrets(digest);
  CHECK(absl::EndsWith(one.nonce, "." + digest));
  CHECK(absl::StartsWith(one.state, "confirm."));
  CHECK(one.state.size() == 8 + 43);
  CHECK(NewConfirmationSecrets(digest).nonce != one.nonce);
  CHECK(AuthorizationUrl(AskingAs(kTerms), one).size() < 2048);
}

TEST_CASE("The browser is sent with a signed request, and nothing else to be believed",
          "[identity][oidc]") {
  const LoginSecrets secrets = NewSecrets();
  const std::string url = AuthorizationUrl(AskingAs(kTerms), secrets);
  REQUIRE(absl::StartsWith(url, "https://id.example/authorize?client_id=bit%20rade&"));
  CHECK(url.size() < 2048);
  auto form = FormOf(url.substr(url.find('?') + 1));
  CHECK(form.size() == 4);
  CHECK(form["response_type"] == "code");
  CHECK(absl::StartsWith(form["scope"], "openid%20https%3A%2F%2Fid.oidc.se%2Fscope%2F"));

  const JsonObject request = ClaimsOf(form["request"]);
  CHECK(request.Text("iss") == kTerms.client_id);
  CHECK(request.Text("aud") == kTerms.issuer);
  CHECK(request.Text("redirect_uri") == kTerms.redirect_uri);
  CHECK(request.Text("state") == secrets.state);
  CHECK(request.Text("nonce") == secrets.nonce);
  CHECK(request.Text("code_challenge") == CodeChallenge(secrets.code_verifier));
  CHECK(request.Text("code_challenge_method") == "S256");
  CHECK(request.Text("prompt") == "login");
  CHECK(request.Has("max_age"));
  CHECK(request.Text("https://id.oidc.se/param/authnProvider") == kTerms.authn_provider);
  CHECK_FALSE(absl::StrContains(url, secrets.code_verifier));
  const auto token = request.Object("claims")->Object("id_token");
  CHECK(token->Object("acr")->IsTrue("essential"));
  CHECK(token->Object("acr")->Texts("values") == kAcceptedLevels);
  CHECK(token->Object(kPersonalNumberClaim)->IsTrue("essential"));
  CHECK_FALSE(request.Has("acr_values"));
}

TEST_CASE("Where coordination numbers are accepted, the personal number is not essential",
          "[identity][oidc]") {
  Terms terms = kTerms;
  terms.coordination_numbers = CoordinationNumbers::kConfirmed;
  const std::string url = AuthorizationUrl(AskingAs(terms), NewSecrets());
  const JsonObject request = ClaimsOf(FormOf(url.substr(url.find('?') + 1))["request"]);
  CHECK_FALSE(request.Object("claims")
                  ->Object("id_token")
                  ->Object(kPersonalNumberClaim)
                  ->IsTrue("essential"));
}

TEST_CASE("A session is ended at the provider with its own ID token, where the provider ends any",
          "[identity][oidc]") {
  CHECK(LogoutUrl(kTerms, Provider(), "a.b.c", "s").empty());
  const std::string document = absl::StrReplaceAll(
      kDocument,
      {{R"("jwks_uri")", R"("end_session_endpoint": "https://id.example/out?x=y", "jwks_uri")"}});
  const auto provider = ReadDiscovery(document, kIssuer);
  REQUIRE_OK(provider);
  CHECK(LogoutUrl(kTerms, *provider, "a.b.c", "s") ==
        "https://id.example/out?x=y&id_token_hint=a.b.c");
  Terms terms = kTerms;
  terms.logout_redirect_uri = "https://bitrade.example/?a=b";
  CHECK(LogoutUrl(terms, *provider, "a.b.c", "s") ==
        "https://id.example/out?x=y&id_token_hint=a.b.c&post_logout_redirect_uri="
        "https%3A%2F%2Fbitrade.example%2F%3Fa%3Db&state=s");
  CHECK(FaultWith(R"("jwks_uri")",
                  R"("end_session_endpoint": "http://id.example/out", "jwks_uri")") == "ENDPOINT");
}

TEST_CASE("The code is exchanged with an assertion that is made for it alone", "[identity][oidc]") {
  const std::string body = TokenRequest(AskingAs(kTerms), "c&o+d=e", "verifier");
  auto form = FormOf(body);
  CHECK(form["grant_type"] == "authorization_code");
  CHECK(form["code"] == "c%26o%2Bd%3De");
  CHECK(form["code_verifier"] == "verifier");
  CHECK(form["redirect_uri"] == "https%3A%2F%2Fbitrade.example%2Freturn%3Fa%3Db");
  CHECK(form["client_assertion_type"] ==
        "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer");
  const JsonObject assertion = ClaimsOf(form["client_assertion"]);
  CHECK(assertion.Text("iss") == kTerms.client_id);
  CHECK(assertion.Text("sub") == kTerms.client_id);
  CHECK(assertion.Text("aud") == "https://id.example/token");
  CHECK(*assertion.Time("exp") - *assertion.Time("iat") == absl::Minutes(1));
  auto again = FormOf(TokenRequest(AskingAs(kTerms), "c", "v"));
  CHECK(assertion.Text("jti") != ClaimsOf(again["client_assertion"]).Text("jti"));
}

}  // namespace
}  // namespace bitrade::identity::oidc
