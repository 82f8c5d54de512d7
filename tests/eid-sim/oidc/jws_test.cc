#include "tests/eid-sim/oidc/jws.h"

#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/mutator.h"
#include "tests/eid-sim/oidc/base64url.h"
#include "tests/eid-sim/oidc/jose_algorithms.h"
#include "tests/eid-sim/oidc/signing_keys.h"

namespace bitrade::eidsim::oidc {
namespace {

// Source: RFC 7515 A.3.
constexpr char kRfcKeys[] =
    R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";
constexpr char kRfcJws[] =
    "eyJhbGciOiJFUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS"
    "9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-"
    "F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJ"
    "qPP3-Kg6NU1Q";

std::vector<PublicKey> RfcKeys() { return ParseJwks(JsonObject::Parse(kRfcKeys).value()).value(); }

std::string Make(const SigningKey& key, const std::string& header, const std::string& payload) {
  const std::string input = SigningInput(header, payload);
  return absl::StrCat(input, ".", Base64Url(SignBytes(key.algorithm, *key.key, input)));
}

TEST_CASE("The example of the standard holds", "[eid-sim][unit]") {
  const auto payload = OpenJws(kRfcJws, RfcKeys());
  REQUIRE_OK(payload);
  CHECK(payload->substr(0, 12) == R"({"iss":"joe")");
}

TEST_CASE("Each algorithm signs what its published key verifies", "[eid-sim][unit]") {
  SigningKeys keys;
  for (const char* algorithm : {"ES256", "RS256", "PS256"}) {
    INFO(algorithm);
    const SigningKey key = keys.Newest(algorithm);
    const std::string header =
        absl::StrCat(R"({"alg":")", algorithm, R"(","kid":")", key.kid, "\"}");
    const std::string made = Make(key, header, R"({"a":1})");
    const auto published = ParseJwks(JsonObject::Parse(keys.Jwks()).value());
    REQUIRE_OK(published);
    CHECK(OpenJws(made, *published).value_or("") == R"({"a":1})");
    CHECK_FALSE(OpenJws(made, SigningKeys().PublicKeys()).ok());
  }
}

TEST_CASE("What a signature may not rest on is refused", "[eid-sim][unit]") {
  SigningKeys keys;
  const SigningKey key = keys.Newest("ES256");
  const std::vector<PublicKey> known = keys.PublicKeys();
  CHECK(OpenJws(Make(key, R"({"alg":"ES256"})", "{}"), known).ok());
  CHECK_FALSE(OpenJws(Make(key, R"({"alg":"ES256","crit":["b64"]})", "{}"), known).ok());
  CHECK_FALSE(OpenJws(Make(key, R"({"alg":"ES256","kid":"other"})", "{}"), known).ok());
  CHECK_FALSE(OpenJws(Make(key, R"({"alg":"RS256"})", "{}"), known).ok());
  CHECK_FALSE(OpenJws(absl::StrCat(SigningInput(R"({"alg":"none"})", "{}"), "."), known).ok());
  CHECK_FALSE(OpenJws(absl::StrCat(kRfcJws, "="), RfcKeys()).ok());
  CHECK_FALSE(OpenJws(absl::StrCat(kRfcJws, ".AAAA"), RfcKeys()).ok());
}

TEST_CASE("A key that is none is refused", "[eid-sim][unit]") {
  for (const char* jwk :
       {R"({"kty":"oct","k":"AAAA"})", R"({"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"})",
        R"({"kty":"EC","crv":"P-384","x":"AAAA","y":"AAAA"})", R"({"kty":"RSA","n":"","e":"AQAB"})",
        R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
        R"("y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"})"}) {
    INFO(jwk);
    const std::string set = absl::StrCat(R"({"keys":[)", jwk, "]}");
    CHECK_FALSE(ParseJwks(JsonObject::Parse(set).value()).ok());
  }
  CHECK_FALSE(ParseJwks(JsonObject::Parse(R"({"keys":[]})").value()).ok());
}

TEST_CASE("No changed token is opened", "[eid-sim][unit]") {
  bitrade::testing::Mutator mutator;
  const std::vector<PublicKey> keys = RfcKeys();
  const std::string good = kRfcJws;
  for (int round = 0; round < 3000; ++round) {
    const std::string changed = mutator.Mutated(good);
    INFO(changed);
    CHECK(OpenJws(changed, keys).ok() == (changed == good));
  }
}

}  // namespace
}  // namespace bitrade::eidsim::oidc
