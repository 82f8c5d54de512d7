// Log-ins from the request to the end of the session, as a relying party and a browser see them.
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/oidc/jws.h"
#include "tests/eid-sim/oidc/testing/relying_party.h"
#include "tests/eid-sim/oidc/tokens.h"

namespace bitrade::eidsim::oidc {
namespace {

using testing::kCallback;
using testing::kIssuer;
using testing::kNonce;
using testing::kNumber;
using testing::kState;
using testing::LocationOf;
using testing::PayloadOf;
using testing::QueryOf;
using testing::RelyingParty;
using testing::TextOf;

constexpr char kLoa3[] = "http://id.elegnamnden.se/loa/1.0/loa3";

TEST_CASE("A person logs in and is told of twice", "[eid-sim][unit]") {
  RelyingParty at;
  const Form callback = at.Approved(at.Begin());
  CHECK(ValueOf(callback, "state") == kState);
  CHECK(ValueOf(callback, "iss") == kIssuer);
  const HttpAnswer answer = at.Redeem(at.TokenForm(ValueOf(callback, "code")));
  REQUIRE(answer.status == 200);
  const std::string id_token = TextOf(answer.body, "id_token");
  const std::string access_token = TextOf(answer.body, "access_token");
  const auto keys = ParseJwks(JsonObject::Parse(at.Get("/jwks").body).value()).value();
  const auto claims = OpenJws(id_token, keys);
  REQUIRE_OK(claims);
  CHECK(TextOf(*claims, "iss") == kIssuer);
  CHECK(TextOf(*claims, "aud") == "bitrade");
  CHECK(TextOf(*claims, "nonce") == kNonce);
  CHECK(TextOf(*claims, "acr") == kLoa3);
  CHECK(TextOf(*claims, kNumberClaim) == kNumber);
  CHECK(TextOf(*claims, "at_hash") == AccessTokenHash(access_token));
  CHECK_FALSE(absl::StrContains(TextOf(*claims, "sub"), kNumber));
  const HttpAnswer told = at.Get("/userinfo", "Bearer " + access_token);
  CHECK(told.content_type == "application/jwt");
  const auto user = OpenJws(told.body, keys);
  REQUIRE_OK(user);
  CHECK(TextOf(*user, "sub") == TextOf(*claims, "sub"));
  CHECK(TextOf(*user, "given_name") == "Astrid");
  CHECK(TextOf(*user, "birthdate") == "1912-12-12");
}

TEST_CASE("A code is for once, and its second use takes the access token away", "[eid-sim][unit]") {
  RelyingParty at;
  const std::string code = ValueOf(at.Approved(at.Begin()), "code");
  const std::string access = TextOf(at.Redeem(at.TokenForm(code)).body, "access_token");
  CHECK(at.Get("/userinfo", "Bearer " + access).status == 200);
  const HttpAnswer again = at.Redeem(at.TokenForm(code));
  CHECK(again.status == 400);
  CHECK(TextOf(again.body, "error") == "invalid_grant");
  CHECK(at.Get("/userinfo", "Bearer " + access).status == 401);
  CHECK(at.Get("/userinfo").status == 401);
}

TEST_CASE("A code is for its client, redirect URI and verifier, for a minute", "[eid-sim][unit]") {
  RelyingParty at;
  const std::string code = ValueOf(at.Approved(at.Begin()), "code");
  for (const char* member : {"redirect_uri", "code_verifier", "code"}) {
    Parameters form = at.TokenForm(code);
    for (auto& [name, value] : form) {
      if (name == member) value = "another";
    }
    INFO(member);
    CHECK(TextOf(at.Redeem(form).body, "error") == "invalid_grant");
  }
  for (const size_t without : {size_t{0}, size_t{1}}) {
    Parameters form = at.TokenForm(code);
    form.erase(form.begin() + static_cast<std::ptrdiff_t>(without));
    INFO(without);
    CHECK(TextOf(at.Redeem(form).body, "error") == "invalid_request");
  }
  CHECK(at.Get("/token").status == 405);
  CHECK(at.Call("POST", "clock/advance", R"({"ms":60000})").status == 200);
  CHECK(TextOf(at.Redeem(at.TokenForm(code)).body, "error") == "invalid_grant");
}

TEST_CASE("An assertion is fresh, for this provider, and for once", "[eid-sim][unit]") {
  RelyingParty at;
  const std::string code = ValueOf(at.Approved(at.Begin()), "code");
  const int64_t now = absl::ToUnixSeconds(at.clock.TimeNow());
  const auto refused = [&](const JsonMembers& claims) {
    Parameters form = at.TokenForm(code);
    form.back().second = at.Signed(claims);
    const HttpAnswer answer = at.Redeem(form);
    return answer.status == 401 && TextOf(answer.body, "error") == "invalid_client";
  };
  CHECK(refused(at.Assertion().Text("aud", "https://elsewhere.example")));
  CHECK(refused(at.Assertion().Text("sub", "somebody")));
  CHECK(refused(at.Assertion().Number("exp", now)));
  CHECK(refused(at.Assertion().Number("exp", now + 61)));
  CHECK(refused(at.Assertion().Number("iat", now + 30)));
  CHECK(refused(at.Assertion().Text("jti", "")));
  const JsonMembers used = at.Assertion();
  CHECK_FALSE(refused(used));
  CHECK(refused(used));
  Parameters secret = at.TokenForm(code);
  secret.emplace_back("client_secret", "s");
  CHECK(TextOf(at.Redeem(secret).body, "error") == "invalid_client");
}

TEST_CASE("Who cancels, and who reaches no level that was asked for, leads back with the error",
          "[eid-sim][unit]") {
  RelyingParty at;
  const HttpAnswer denied =
      at.Call("POST", absl::StrCat("authorizations/", at.Begin(), "/deny"), "{}");
  const Form callback = QueryOf(TextOf(denied.body, "redirectUrl"));
  CHECK(ValueOf(callback, "error") == "access_denied");
  CHECK(ValueOf(callback, "state") == kState);
  const Form low = at.Approved(at.Begin(), R"(,"acr":"loa2")");
  CHECK(ValueOf(low, "error") == "unmet_authentication_requirements");
  CHECK_FALSE(low.contains("code"));
}

TEST_CASE("A developer chooses on a page, once", "[eid-sim][unit]") {
  RelyingParty at;
  const std::string page = absl::StrCat("/interaction/", at.Begin());
  const HttpAnswer shown = at.Get(page);
  CHECK(shown.content_type == "text/html; charset=utf-8");
  CHECK(absl::StrContains(shown.body, "Astrid Exempelsson"));
  const Parameters chosen = {{"action", "approve"}, {"person", kNumber}, {"acr", "loa4"}};
  const std::string back = LocationOf(at.Post(page, chosen));
  CHECK(absl::StartsWith(back, kCallback));
  CHECK(LocationOf(at.Get(page)) == back);
  CHECK(at.Post(page, chosen).status == 409);
  CHECK(at.Get("/interaction/unknown").status == 404);
}

TEST_CASE("A chosen person logs in without a page", "[eid-sim][unit]") {
  RelyingParty at;
  at.Call("PUT", "settings", R"({"autoApprove":"191212121212"})");
  CHECK_FALSE(ValueOf(QueryOf(LocationOf(at.Ask(at.Wanted()))), "code").empty());
}

TEST_CASE("A coordination number is told as one", "[eid-sim][unit]") {
  RelyingParty at;
  const HttpAnswer approved =
      at.Call("POST", absl::StrCat("authorizations/", at.Begin(), "/approve"),
              R"({"personalNumber":"197010632391"})");
  const Form callback = QueryOf(TextOf(approved.body, "redirectUrl"));
  const std::string token =
      TextOf(at.Redeem(at.TokenForm(ValueOf(callback, "code"))).body, "id_token");
  CHECK(TextOf(PayloadOf(token), kCoordinationClaim) == "197010632391");
  CHECK(TextOf(PayloadOf(token), kCoordinationLevelClaim) == "confirmed");
  CHECK(TextOf(PayloadOf(token), kNumberClaim).empty());
}

TEST_CASE("A session ends by the client's wish and by the person's", "[eid-sim][unit]") {
  RelyingParty at;
  const std::string id_token = TextOf(at.LogIn().body, "id_token");
  const Parameters wish = {{"id_token_hint", id_token},
                           {"post_logout_redirect_uri", "https://bitrade.example/"},
                           {"state", "s"}};
  CHECK(LocationOf(at.Get(WithQuery("/logout", wish))) == "https://bitrade.example/?state=s");
  CHECK(at.Get(WithQuery("/logout", {{"id_token_hint", "e30.e30.AAAA"}})).status == 400);
  CHECK(at.Call("POST", "logout", R"({"personalNumber":"191212121212"})").body ==
        R"({"logouts":[]})");
  const std::string sid = TextOf(PayloadOf(TextOf(at.LogIn().body, "id_token")), "sid");
  const std::string told = at.Call("POST", "logout", R"({"personalNumber":"191212121212"})").body;
  CHECK(absl::StrContains(told, sid));
}

TEST_CASE("A request and an access token end by the clock", "[eid-sim][unit]") {
  RelyingParty at;
  const std::string access = TextOf(at.LogIn().body, "access_token");
  at.Call("POST", "clock/advance", R"({"ms":300000})");
  CHECK(at.Get("/userinfo", "Bearer " + access).status == 401);
  const std::string id = at.Begin();
  at.Call("POST", "clock/advance", R"({"ms":600000})");
  CHECK(at.Call("POST", absl::StrCat("authorizations/", id, "/approve"),
                R"({"personalNumber":"191212121212"})")
            .status == 404);
}

}  // namespace
}  // namespace bitrade::eidsim::oidc
