#include "tests/eid-sim/oidc/control.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "tests/eid-sim/oidc/testing/relying_party.h"

namespace bitrade::eidsim::oidc {
namespace {

using testing::HeaderOf;
using testing::LocationOf;
using testing::RelyingParty;
using testing::TextOf;

constexpr char kDiscovery[] = "/.well-known/openid-configuration";

TEST_CASE("The discovery document tells where everything is", "[eid-sim][unit]") {
  RelyingParty at;
  const HttpAnswer answer = at.Get(kDiscovery);
  CHECK(TextOf(answer.body, "issuer") == testing::kIssuer);
  CHECK(TextOf(answer.body, "token_endpoint") == absl::StrCat(testing::kIssuer, "/token"));
  CHECK(answer.headers.front().second == "public, max-age=600");
}

TEST_CASE("A new key signs at once, and the old one is published until it is retired",
          "[eid-sim][unit]") {
  RelyingParty at;
  const std::string before = TextOf(HeaderOf(TextOf(at.LogIn().body, "id_token")), "kid");
  const std::string added = TextOf(at.Call("POST", "keys", R"({"alg":"ES256"})").body, "kid");
  CHECK(TextOf(HeaderOf(TextOf(at.LogIn().body, "id_token")), "kid") == added);
  CHECK(absl::StrContains(at.Get("/jwks").body, before));
  CHECK(at.Call("DELETE", "keys/" + before, "").status == 200);
  CHECK_FALSE(absl::StrContains(at.Get("/jwks").body, before));
  CHECK(at.Call("DELETE", "keys/" + added, "").status == 409);
  CHECK(at.Call("DELETE", "keys/" + before, "").status == 404);
}

TEST_CASE("The algorithm is a setting", "[eid-sim][unit]") {
  RelyingParty at;
  for (const char* algorithm : {"RS256", "PS256", "ES256"}) {
    at.Call("PUT", "settings", absl::StrCat(R"({"alg":")", algorithm, R"("})"));
    CHECK(TextOf(HeaderOf(TextOf(at.LogIn().body, "id_token")), "alg") == algorithm);
  }
}

TEST_CASE("Endpoints fail to order, as often as was said", "[eid-sim][unit]") {
  RelyingParty at;
  const auto set = [&](const char* fault) {
    CHECK(at.Call("PUT", "faults", absl::StrCat(R"({"calls":1,)", fault, "}")).status == 200);
  };
  set(R"("on":"discovery","spoil":"redirect")");
  CHECK(at.Get("/jwks").status == 200);
  CHECK(at.Get(kDiscovery).status == 303);
  CHECK(at.Get(kDiscovery).status == 200);
  set(R"("on":"discovery","spoil":"otherIssuer")");
  CHECK(TextOf(at.Get(kDiscovery).body, "issuer") != testing::kIssuer);
  set(R"("on":"discovery","spoil":"plainEndpoints")");
  CHECK(absl::StartsWith(TextOf(at.Get(kDiscovery).body, "jwks_uri"), "http:"));
  set(R"("on":"jwks","spoil":"noKeys")");
  CHECK(at.Get("/jwks").body == R"({"keys":[]})");
  set(R"("on":"token","status":503)");
  CHECK(at.LogIn().status == 503);
  set(R"("on":"userinfo","drop":true,"delayMs":20)");
  CHECK(at.Get("/userinfo").drop);
  set(R"("on":"token","status":400,"errorCode":"invalid_request")");
  CHECK(TextOf(at.LogIn().body, "error") == "invalid_request");
  set(R"("on":"jwks","spoil":"oversize")");
  CHECK(at.Get("/jwks").body.size() > size_t{1024} * 1024);
}

TEST_CASE("Another client is registered with its keys", "[eid-sim][unit]") {
  RelyingParty at;
  const std::string jwks = at.Get("/jwks").body;
  CHECK(at.Call("PUT", "clients/other",
                absl::StrCat(R"({"redirectUris":["https://other.example/"],"jwks":)", jwks, "}"))
            .status == 200);
  const HttpAnswer answer = at.Get(WithQuery(
      "/authorize", {{"client_id", "other"}, {"redirect_uri", "https://other.example/"}}));
  CHECK(absl::StartsWith(LocationOf(answer), "https://other.example/?error="));
}

TEST_CASE("Open requests are listed, the newest first", "[eid-sim][unit]") {
  RelyingParty at;
  const std::string first = at.Begin();
  at.clock.Advance(absl::Seconds(1));
  const std::string second = at.Begin();
  const std::string listed = at.Call("GET", "authorizations", "").body;
  CHECK(listed.find(second) < listed.find(first));
  CHECK(absl::StrContains(listed, R"("acrEssential":true)"));
  CHECK(absl::StrContains(at.Call("GET", "faults", "").body, R"("idToken.algNone")"));
}

TEST_CASE("What a test writes wrong is told", "[eid-sim][unit]") {
  RelyingParty at;
  const std::string approve = absl::StrCat("authorizations/", at.Begin(), "/approve");
  CHECK(
      at.Call("POST", approve, R"({"personalNumber":"191212121212","fault":"idToken.x"})").status ==
      400);
  CHECK(at.Call("POST", approve,
                R"({"personalNumber":"191212121212","fault":"idToken.missingEvent"})")
            .status == 400);
  CHECK(at.Call("POST", approve, R"({"personalNumber":"200211242383"})").status == 404);
  CHECK(at.Call("POST", approve, R"({"personalNumber":"199908072391"})").status == 409);
  CHECK(at.Call("POST", approve, R"({"personalNumber":"191212121212"})").status == 200);
  CHECK(at.Call("POST", approve, R"({"personalNumber":"191212121212"})").status == 409);
  CHECK(at.Call("PUT", "settings", R"({"alg":"HS256"})").status == 400);
  CHECK(at.Call("PUT", "faults", R"({"calls":1,"on":"elsewhere"})").status == 400);
  CHECK(at.Call("PUT", "faults", R"({"calls":1,"errorCode":"x"})").status == 400);
  CHECK(at.Call("PUT", "clients/other", R"({"redirectUris":[],"jwks":{"keys":[]}})").status == 400);
  CHECK(at.Call("POST", "keys", R"({"alg":"none"})").status == 400);
  CHECK(at.Call("POST", "logout", R"({"personalNumber":"191212121212","fault":"x"})").status ==
        400);
  CHECK(at.Call("POST", "elsewhere", "{}").status == 404);
}

}  // namespace
}  // namespace bitrade::eidsim::oidc
