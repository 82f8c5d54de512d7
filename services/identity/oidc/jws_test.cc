#include "services/identity/oidc/jws.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"
#include "services/identity/oidc/base64url.h"
#include "services/identity/oidc/refusal.h"
#include "services/identity/oidc/testing/test_key.h"

namespace bitrade::identity::oidc {
namespace {

constexpr char kClaims[] = R"({"sub":"somebody"})";

// Keys take their time.
const TestKey& Rsa() {
  static const auto& key = *new TestKey(TestKey::Rsa("r1"));
  return key;
}
const TestKey& Ec() {
  static const auto& key = *new TestKey(TestKey::Ec("e1"));
  return key;
}
KeySet Both() { return SetOf({Rsa().Jwk(), Ec().Jwk()}); }

// "" for what is verified.
std::string FaultIn(const absl::StatusOr<JsonObject>& claims) { return FaultOf(claims.status()); }
std::string FaultIn(absl::string_view token, const KeySet& keys = Both()) {
  return FaultIn(VerifyJws(token, TokenType::kJwt, keys));
}
std::string FaultOfHeader(absl::string_view header) {
  return FaultIn(Ec().Token(Algorithm::kEs256, header, kClaims));
}

TEST_CASE("base64url has one form for the same bytes", "[identity][oidc]") {
  CHECK(ToBase64Url("\xff\xfe\x01") == "__4B");
  CHECK(FromBase64Url("__4B") == std::string("\xff\xfe\x01"));
  CHECK(FromBase64Url("") == "");
  CHECK(FromBase64Url("QQ") == "A");
  for (const char* const bad :
       {"QQ==", "QR", "Q", "Q Q", "QQ\n", "//4B", "++4B", "QQ.", "QQ=", "Å"}) {
    INFO(bad);
    CHECK_FALSE(FromBase64Url(bad).has_value());
  }
}

TEST_CASE("JSON with a member twice, too deep, or in no UTF-8 is refused", "[identity][oidc]") {
  REQUIRE_OK(JsonObject::Parse(R"({"a":{"b":[1,{"c":null}]}})"));
  const std::string deep = absl::StrCat(std::string(9, '['), std::string(9, ']'));
  const std::string abyss = std::string(16'000, '[');
  for (const std::string& bad :
       {std::string(R"({"a":1,"a":2})"), std::string(R"({"x":{"a":1,"\u0061":2}})"),
        std::string(R"({"x":[{"a":1,"a":1}]})"), absl::StrCat("{\"a\":", deep, "}"),
        absl::StrCat("{\"a\":", abyss), std::string("{\"a\":\"\xff\"}"), std::string("[]"),
        std::string("{} {}"), std::string("{}\0{}", 5), std::string(""), std::string("{\"a\":NaN}"),
        std::string("{'a':1}"), std::string("{\"a\":1,}")}) {
    INFO(bad.substr(0, 40));
    CHECK(FaultIn(JsonObject::Parse(bad)) == "FORM");
  }
}

TEST_CASE("A member of another type is none", "[identity][oidc]") {
  const auto object = JsonObject::Parse(
      R"({"n":1,"t":"x","l":["a","b"],"m":["a",1],"e":-1,"h":1e300,"o":{},"b":true,"q":[{}],"s":1.5})");
  REQUIRE_OK(object);
  CHECK(object->Text("n").empty());
  CHECK(object->Texts("t") == std::vector<std::string>{"x"});
  CHECK(object->Texts("l").size() == 2);
  CHECK(object->Texts("m").empty());
  CHECK(object->Time("n") == absl::FromUnixSeconds(1));
  CHECK(object->Time("s") == absl::FromUnixMillis(1500));
  CHECK_FALSE(object->Time("t").has_value());
  CHECK_FALSE(object->Time("e").has_value());
  CHECK_FALSE(object->Time("h").has_value());
  CHECK(object->IsTrue("b"));
  CHECK_FALSE(object->IsTrue("n"));
  CHECK(object->Object("o").has_value());
  CHECK_FALSE(object->Object("q").has_value());
  CHECK(object->Objects("q")->size() == 1);
  CHECK_FALSE(object->Objects("l").has_value());
}

TEST_CASE("The example of RFC 7515, appendix A.3, is verified", "[identity][oidc]") {
  const KeySet keys = SetOf(
      {R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})"});
  const auto claims = VerifyJws(
      "eyJhbGciOiJFUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl"
      "fQ."
      "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
      TokenType::kJwt, keys);
  REQUIRE_OK(claims);
  CHECK(claims->Text("iss") == "joe");
}

TEST_CASE("RS256, PS256 and ES256 are verified", "[identity][oidc]") {
  CHECK(FaultIn(Rsa().Token(Algorithm::kRs256, R"({"alg":"RS256","kid":"r1"})", kClaims)).empty());
  CHECK(FaultIn(Rsa().Token(Algorithm::kPs256, R"({"alg":"PS256","kid":"r1"})", kClaims)).empty());
  const auto claims = VerifyJws(Ec().Token(kClaims), TokenType::kJwt, Both());
  REQUIRE_OK(claims);
  CHECK(claims->Text("sub") == "somebody");
  CHECK(KeyIdOf(Ec().Token(kClaims)) == "e1");
  CHECK(KeyIdOf("no token").empty());
}

TEST_CASE("What we sign is verified by the key that we publish", "[identity][oidc]") {
  const auto key = SigningKey::FromPem(Ec().Pem());
  REQUIRE_OK(key);
  CHECK(FaultIn(SignJws(kClaims, *key), SetOf({key->PublicJwk()})).empty());
  CHECK(KeyIdOf(SignJws(kClaims, *key)) == key->id());
  CHECK(testing::CodeOf(SigningKey::FromPem(Rsa().Pem())) == absl::StatusCode::kFailedPrecondition);
  CHECK(testing::CodeOf(SigningKey::FromPem("")) == absl::StatusCode::kFailedPrecondition);
  CHECK(testing::CodeOf(SigningKey::Load("/nowhere")) == absl::StatusCode::kFailedPrecondition);
}

TEST_CASE("A token that is no token is refused by its form", "[identity][oidc]") {
  const std::string good = Ec().Token(kClaims);
  CHECK(FaultIn("") == "FORM");
  CHECK(FaultIn("a.b") == "FORM");
  CHECK(FaultIn(absl::StrCat(good, ".")) == "FORM");
  CHECK(FaultIn(absl::StrCat(good, "=")) == "FORM");
  CHECK(FaultIn(absl::StrCat(" ", good)) == "FORM");
  CHECK(FaultIn(absl::StrCat("x", good)) == "FORM");
  CHECK(FaultIn(absl::StrCat(good, std::string(kLargestToken, 'A'))) == "SIZE");
  CHECK(FaultOfHeader(R"({"alg":"ES256","kid":"e1","kid":"e1"})") == "FORM");
  CHECK(FaultIn(Ec().Token(R"({"sub":"a","sub":"b"})")) == "FORM");
  CHECK(FaultIn(Ec().Token(R"(["sub"])")) == "FORM");
}

TEST_CASE("No algorithm is taken but ours, and none from the token's own say", "[identity][oidc]") {
  for (const char* const name : {"none", "None", "HS256", "RS1", "RS512", "ES384", "EdDSA", ""}) {
    INFO(name);
    CHECK(FaultOfHeader(absl::StrCat(R"({"kid":"e1","alg":")", name, R"("})")) == "ALGORITHM");
  }
  CHECK(FaultOfHeader(R"({"kid":"e1"})") == "ALGORITHM");
  CHECK(FaultOfHeader(R"({"kid":"e1","alg":["ES256"]})") == "ALGORITHM");
  const std::string unsigned_text =
      absl::StrCat(ToBase64Url(R"({"alg":"none"})"), ".", ToBase64Url(kClaims));
  CHECK(FaultIn(absl::StrCat(unsigned_text, ".")) == "ALGORITHM");
  // A MAC under the provider's public key, which anybody has.
  const std::string text =
      absl::StrCat(ToBase64Url(R"({"alg":"HS256","kid":"r1"})"), ".", ToBase64Url(kClaims));
  const std::string mac = crypto::HmacSha256(Rsa().PublicPem(), text);
  CHECK(FaultIn(absl::StrCat(text, ".", ToBase64Url(mac))) == "ALGORITHM");
}

TEST_CASE("Extensions that must be understood are refused", "[identity][oidc]") {
  CHECK(FaultOfHeader(R"({"alg":"ES256","kid":"e1","crit":["exp"],"exp":1})") == "CRITICAL");
  CHECK(FaultOfHeader(R"({"alg":"ES256","kid":"e1","crit":[]})") == "CRITICAL");
  CHECK(FaultOfHeader(R"({"alg":"ES256","kid":"e1","b64":false})") == "CRITICAL");
}

TEST_CASE("A token of another type is refused", "[identity][oidc]") {
  CHECK(FaultOfHeader(R"({"alg":"ES256","kid":"e1","typ":"jwt"})").empty());
  CHECK(FaultOfHeader(R"({"alg":"ES256","kid":"e1","typ":"at+jwt"})") == "TYPE");
  CHECK(FaultOfHeader(R"({"alg":"ES256","kid":"e1","typ":"logout+jwt"})") == "TYPE");
  CHECK(FaultOfHeader(R"({"alg":"ES256","kid":"e1","typ":1})") == "TYPE");
  CHECK(FaultIn(VerifyJws(Ec().Token(kClaims), TokenType::kLogout, Both())) == "TYPE");
}

TEST_CASE("The key is the provider's, named by its id, and of the algorithm's kind",
          "[identity][oidc]") {
  CHECK(FaultOfHeader(R"({"alg":"ES256"})") == "KEY_ID");
  CHECK(FaultOfHeader(R"({"alg":"ES256","kid":"e2"})") == "KEY_UNKNOWN");
  CHECK(FaultOfHeader(R"({"alg":"ES256","kid":"r1"})") == "KEY");
  CHECK(FaultOfHeader(R"({"alg":"RS256","kid":"e1"})") == "KEY");
  CHECK(FaultOfHeader(R"({"alg":"RS256","kid":"r1"})") == "SIGNATURE");
  CHECK(FaultIn(TestKey::Ec("").Token(Algorithm::kEs256, R"({"alg":"ES256"})", kClaims)) ==
        "KEY_ID");
  const TestKey other = TestKey::Ec("e1");
  // What the header says of keys is not read.
  const std::string header =
      absl::StrCat(R"({"alg":"ES256","kid":"e1","jwk":)", other.Jwk(),
                   R"(,"jku":"https://evil.example/jwks","x5u":"https://evil.example"})");
  CHECK(FaultIn(other.Token(Algorithm::kEs256, header, kClaims)) == "SIGNATURE");
}

TEST_CASE("One key needs no id", "[identity][oidc]") {
  const TestKey alone = TestKey::Ec("");
  const std::string token = alone.Token(Algorithm::kEs256, R"({"alg":"ES256"})", kClaims);
  CHECK(FaultIn(token, SetOf({alone.Jwk()})).empty());
  CHECK(FaultIn(token, SetOf({alone.Jwk(), R"({"kty":"oct","k":"AAAA"})"})) == "KEY_ID");
}

TEST_CASE("A changed token is refused by its signature", "[identity][oidc]") {
  const std::string good = Ec().Token(kClaims);
  const std::string other =
      absl::StrReplaceAll(good, {{ToBase64Url(kClaims), ToBase64Url(R"({"sub":"nobody"})")}});
  CHECK(FaultIn(other) == "SIGNATURE");
  CHECK(FaultIn(good.substr(0, good.rfind('.') + 1)) == "SIGNATURE");
  const std::string text = good.substr(0, good.rfind('.'));
  CHECK(FaultIn(absl::StrCat(text, ".", ToBase64Url(std::string(64, '\0')))) == "SIGNATURE");
  CHECK(FaultIn(absl::StrCat(text, ".", ToBase64Url(std::string(65, 'a')))) == "SIGNATURE");
  // PKCS #1 where PSS is said.
  CHECK(FaultIn(Rsa().Token(Algorithm::kRs256, R"({"alg":"PS256","kid":"r1"})", kClaims)) ==
        "SIGNATURE");
}

}  // namespace
}  // namespace bitrade::identity::oidc
