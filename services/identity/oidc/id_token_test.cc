// The checklist of what an ID token must say, item by item, and the same for UserInfo and logout
// tokens.
#include "services/identity/oidc/id_token.h"

#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"
#include "services/identity/oidc/base64url.h"
#include "services/identity/oidc/logout_token.h"
#include "services/identity/oidc/refusal.h"
#include "services/identity/oidc/testing/test_key.h"
#include "services/identity/oidc/user_info.h"

namespace bitrade::identity::oidc {
namespace {

constexpr int64_t kSecond = 1'790'000'000;
const absl::Time kNow = absl::FromUnixSeconds(kSecond);
constexpr char kLogoutEvents[] = R"({"http://schemas.openid.net/event/backchannel-logout":{}})";

const Terms kTerms{.issuer = "https://id.example",
                   .client_id = "bitrade",
                   .redirect_uri = "https://bitrade.example/return",
                   .levels = kAcceptedLevels,
                   .authn_provider = "https://telia.example"};
const IdTokenExpectation kExpected{.nonce = "n0nce", .access_token = "at", .now = kNow};

std::string Quoted(absl::string_view text) { return absl::StrCat("\"", text, "\""); }
std::string At(int64_t later) { return absl::StrCat(kSecond + later); }

TestClaims Good() {
  return {{"iss", Quoted(kTerms.issuer)},
          {"aud", Quoted(kTerms.client_id)},
          {"sub", Quoted("s1")},
          {"sid", Quoted("session")},
          {"exp", At(300)},
          {"iat", At(-1)},
          {"auth_time", At(-5)},
          {"nonce", Quoted("n0nce")},
          {"acr", Quoted(kAcceptedLevels[0])},
          {kPersonalNumberClaim, Quoted("191212121212")},
          {kAuthnProviderClaim, Quoted(kTerms.authn_provider)}};
}

JsonObject Read(const TestClaims& claims) {
  const auto object = JsonObject::Parse(ToJson(claims));
  REQUIRE_OK(object);
  return *object;
}

// The fault of a good ID token once `claim` has another value; "" takes it out.
std::string FaultWith(const std::string& claim, const std::string& value,
                      const Terms& terms = kTerms) {
  TestClaims claims = Good();
  claims[claim] = value;
  if (value.empty()) claims.erase(claim);
  return FaultOf(CheckIdToken(Read(claims), terms, kExpected).status());
}

TEST_CASE("A good ID token says who has just authenticated", "[identity][oidc]") {
  const auto facts = CheckIdToken(Read(Good()), kTerms, kExpected);
  REQUIRE_OK(facts);
  CHECK(facts->number.FullText() == "191212121212");
  CHECK(facts->subject == "s1");
  CHECK(facts->session_id == "session");
  CHECK(facts->level == kAcceptedLevels[0]);
  CHECK(facts->auth_time == kNow - absl::Seconds(5));
}

TEST_CASE("An ID token of another issuer is refused", "[identity][oidc]") {
  CHECK(FaultWith("iss", Quoted("https://id.example/")) == "ISSUER");
  CHECK(FaultWith("iss", Quoted("https://ID.example")) == "ISSUER");
  CHECK(FaultWith("iss", "") == "ISSUER");
}

TEST_CASE("An ID token for others is refused", "[identity][oidc]") {
  CHECK(FaultWith("aud", R"(["bitrade"])").empty());
  CHECK(FaultWith("aud", Quoted("other")) == "AUDIENCE");
  CHECK(FaultWith("aud", R"(["other"])") == "AUDIENCE");
  CHECK(FaultWith("aud", R"(["bitrade",1])") == "AUDIENCE");
  CHECK(FaultWith("aud", "") == "AUDIENCE");
  CHECK(FaultWith("aud", R"(["bitrade","other"])") == "AUTHORIZED_PARTY");
  CHECK(FaultWith("azp", Quoted("other")) == "AUTHORIZED_PARTY");
  CHECK(FaultWith("azp", Quoted("bitrade")).empty());
}

TEST_CASE("An ID token that has expired, or never does, is refused", "[identity][oidc]") {
  CHECK(FaultWith("exp", At(0)) == "EXPIRED");
  CHECK(FaultWith("exp", At(1)).empty());
  CHECK(FaultWith("exp", "") == "EXPIRED");
  CHECK(FaultWith("exp", Quoted(At(300))) == "EXPIRED");
}

TEST_CASE("An ID token from the future, from long ago or for long is refused", "[identity][oidc]") {
  CHECK(FaultWith("iat", At(60)).empty());
  CHECK(FaultWith("iat", At(61)) == "ISSUE_TIME");
  CHECK(FaultWith("iat", At(-360)) == "ISSUE_TIME");  // and so valid for eleven minutes
  CHECK(FaultWith("iat", "") == "ISSUE_TIME");
  CHECK(FaultWith("exp", At(600)) == "ISSUE_TIME");
  CHECK(FaultWith("nbf", At(61)) == "ISSUE_TIME");
  CHECK(FaultWith("nbf", At(0)).empty());
  TestClaims old = Good();
  old["iat"] = At(-361);
  old["exp"] = At(10);
  CHECK(FaultOf(CheckIdToken(Read(old), kTerms, kExpected).status()) == "ISSUE_TIME");
}

TEST_CASE("An ID token about nobody is refused", "[identity][oidc]") {
  CHECK(FaultWith("sub", "") == "SUBJECT");
  CHECK(FaultWith("sub", Quoted("")) == "SUBJECT");
}

TEST_CASE("An ID token of another log-in is refused", "[identity][oidc]") {
  CHECK(FaultWith("nonce", Quoted("n0ncf")) == "NONCE");
  CHECK(FaultWith("nonce", "") == "NONCE");
  const IdTokenExpectation none{.nonce = "", .access_token = "", .now = kNow};
  TestClaims claims = Good();
  claims.erase("nonce");
  CHECK(FaultOf(CheckIdToken(Read(claims), kTerms, none).status()) == "NONCE");
}

TEST_CASE("An authentication of earlier is none", "[identity][oidc]") {
  CHECK(FaultWith("auth_time", At(-360)).empty());
  CHECK(FaultWith("auth_time", At(-361)) == "AUTH_TIME");
  CHECK(FaultWith("auth_time", At(61)) == "AUTH_TIME");
  CHECK(FaultWith("auth_time", "") == "AUTH_TIME");
}

TEST_CASE("An authentication from before what it is for is none", "[identity][oidc]") {
  IdTokenExpectation expected = kExpected;
  expected.auth_from = kNow - absl::Seconds(5);
  REQUIRE_OK(CheckIdToken(Read(Good()), kTerms, expected));
  expected.auth_from += absl::Seconds(1);
  CHECK(FaultOf(CheckIdToken(Read(Good()), kTerms, expected).status()) == "AUTH_TIME");
}

TEST_CASE("Another level than was asked for is refused", "[identity][oidc]") {
  CHECK(FaultWith("acr", Quoted(kAcceptedLevels[1])).empty());
  CHECK(FaultWith("acr", Quoted("http://id.elegnamnden.se/loa/1.0/loa2")) == "LEVEL");
  CHECK(FaultWith("acr", Quoted(kUncertifiedLevel)) == "LEVEL");
  CHECK(FaultWith("acr", "") == "LEVEL");
  Terms uncertified = kTerms;
  uncertified.levels.emplace_back(kUncertifiedLevel);
  CHECK(FaultWith("acr", Quoted(kUncertifiedLevel), uncertified).empty());
}

TEST_CASE("A person has one identity number, and it can be", "[identity][oidc]") {
  CHECK(FaultWith(kPersonalNumberClaim, "") == "NUMBER");
  CHECK(FaultWith(kPersonalNumberClaim, "191212121212") == "NUMBER");              // no text
  CHECK(FaultWith(kPersonalNumberClaim, Quoted("121212-1212")) == "NUMBER");       // another form
  CHECK(FaultWith(kPersonalNumberClaim, Quoted("191212121213")) == "NUMBER");      // check digit
  CHECK(FaultWith(kPersonalNumberClaim, Quoted("191302301212")) == "NUMBER");      // no such day
  CHECK(FaultWith(kCoordinationNumberClaim, Quoted("191212121212")) == "NUMBER");  // both
}

TEST_CASE("A coordination number is accepted where we say so, and only confirmed",
          "[identity][oidc]") {
  Terms accepting = kTerms;
  accepting.coordination_numbers = CoordinationNumbers::kConfirmed;
  const auto fault = [](const Terms& terms, const std::string& level, const std::string& number) {
    TestClaims claims = Good();
    claims.erase(kPersonalNumberClaim);
    claims[kCoordinationNumberClaim] = Quoted(number);
    claims[kCoordinationLevelClaim] = Quoted(level);
    return FaultOf(CheckIdToken(Read(claims), terms, kExpected).status());
  };
  CHECK(fault(accepting, "confirmed", "197010632391").empty());
  CHECK(fault(kTerms, "confirmed", "197010632391") == "NUMBER");
  CHECK(fault(accepting, "probable", "197010632391") == "NUMBER");
  CHECK(fault(accepting, "confirmed", "191212121212") == "NUMBER");
  CHECK(FaultWith(kPersonalNumberClaim, Quoted("197010632391"), accepting) == "NUMBER");
}

TEST_CASE("Another e-legitimation than was asked for is refused", "[identity][oidc]") {
  CHECK(FaultWith(kAuthnProviderClaim, Quoted("https://other.example")) == "PROVIDER");
  CHECK(FaultWith(kAuthnProviderClaim, "") == "PROVIDER");
  Terms any = kTerms;
  any.authn_provider = "";
  CHECK(FaultWith(kAuthnProviderClaim, "", any).empty());
}

TEST_CASE("The access token is the one that came with it", "[identity][oidc]") {
  const std::string good = ToBase64Url(crypto::Sha256("at").substr(0, 16));
  CHECK(FaultWith("at_hash", Quoted(good)).empty());
  CHECK(FaultWith("at_hash", Quoted(ToBase64Url(crypto::Sha256("at")))) == "ACCESS_TOKEN_HASH");
  CHECK(FaultWith("at_hash", "1") == "ACCESS_TOKEN_HASH");
}

// ---- UserInfo

TestClaims GoodInfo() {
  return {{"iss", Quoted(kTerms.issuer)},
          {"aud", Quoted(kTerms.client_id)},
          {"sub", Quoted("s1")},
          {"given_name", Quoted("Tolvan")},
          {"family_name", Quoted("Tolvansson")},
          {kPersonalNumberClaim, Quoted("191212121212")}};
}

absl::StatusOr<std::string> Info(const TestClaims& claims) {
  const auto facts = CheckIdToken(Read(Good()), kTerms, kExpected);
  return CheckUserInfo(Read(claims), kTerms, *facts, kNow);
}

std::string InfoFaultWith(const std::string& claim, const std::string& value) {
  TestClaims claims = GoodInfo();
  claims[claim] = value;
  if (value.empty()) claims.erase(claim);
  return FaultOf(Info(claims).status());
}

TEST_CASE("UserInfo has the person's name", "[identity][oidc]") {
  REQUIRE_OK(Info(GoodInfo()));
  CHECK(*Info(GoodInfo()) == "Tolvan Tolvansson");
  TestClaims claims = GoodInfo();
  claims["name"] = Quoted("Tolvan T.");
  CHECK(*Info(claims) == "Tolvan T.");
}

TEST_CASE("UserInfo about, by or for somebody else is refused", "[identity][oidc]") {
  CHECK(InfoFaultWith("sub", Quoted("s2")) == "SUBJECT");
  CHECK(InfoFaultWith("sub", "") == "SUBJECT");
  CHECK(InfoFaultWith("iss", Quoted("https://other.example")) == "ISSUER");
  CHECK(InfoFaultWith("aud", Quoted("other")) == "AUDIENCE");
  CHECK(InfoFaultWith("exp", At(0)) == "EXPIRED");
  CHECK(InfoFaultWith(kPersonalNumberClaim, Quoted("197010632391")) == "NUMBER");
  CHECK(InfoFaultWith(kPersonalNumberClaim, "").empty());
}

// ---- logout

TestClaims GoodLogout() {
  return {{"iss", Quoted(kTerms.issuer)},
          {"aud", Quoted(kTerms.client_id)},
          {"iat", At(-1)},
          {"exp", At(120)},
          {"jti", Quoted("t1")},
          {"sid", Quoted("session")},
          {"sub", Quoted("s1")},
          {"events", kLogoutEvents}};
}

std::string LogoutFaultWith(const std::string& claim, const std::string& value) {
  TestClaims claims = GoodLogout();
  claims[claim] = value;
  if (value.empty()) claims.erase(claim);
  return FaultOf(CheckLogoutToken(Read(claims), kTerms, kNow).status());
}

TEST_CASE("A logout token says whose session has ended", "[identity][oidc]") {
  const auto facts = CheckLogoutToken(Read(GoodLogout()), kTerms, kNow);
  REQUIRE_OK(facts);
  CHECK(facts->session_id == "session");
  CHECK(facts->subject == "s1");
  CHECK(facts->token_id == "t1");
  CHECK(facts->expire_time == kNow + absl::Minutes(2));
  CHECK(LogoutFaultWith("sub", "").empty());
  CHECK(LogoutFaultWith("sid", "").empty());
}

TEST_CASE("A logout token that lacks what makes it one is refused", "[identity][oidc]") {
  CHECK(LogoutFaultWith("iss", "") == "ISSUER");
  CHECK(LogoutFaultWith("aud", Quoted("other")) == "AUDIENCE");
  CHECK(LogoutFaultWith("exp", At(-1)) == "EXPIRED");
  CHECK(LogoutFaultWith("exp", At(3600)) == "ISSUE_TIME");
  CHECK(LogoutFaultWith("iat", "") == "ISSUE_TIME");
  CHECK(LogoutFaultWith("jti", "") == "TOKEN_ID");
  CHECK(LogoutFaultWith("nonce", Quoted("n")) == "NONCE");
  CHECK(LogoutFaultWith("events", "") == "EVENT");
  CHECK(LogoutFaultWith("events", "{}") == "EVENT");
  TestClaims nobody = GoodLogout();
  nobody.erase("sub");
  nobody.erase("sid");
  CHECK(FaultOf(CheckLogoutToken(Read(nobody), kTerms, kNow).status()) == "SUBJECT");
}

}  // namespace
}  // namespace bitrade::identity::oidc
