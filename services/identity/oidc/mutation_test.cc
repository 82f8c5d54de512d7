// Thousands of tokens, key sets and documents that are almost good, the same ones in every run.
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/mutator.h"
#include "services/identity/oidc/base64url.h"
#include "services/identity/oidc/discovery.h"
#include "services/identity/oidc/id_token.h"
#include "services/identity/oidc/jws.h"
#include "services/identity/oidc/testing/test_key.h"

namespace bitrade::identity::oidc {
namespace {

using bitrade::testing::Mutator;

constexpr int kRounds = 4000;
const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

std::string ClaimsText() {
  return ToJson({{"iss", R"("https://id.example")"},
                 {"aud", R"(["bitrade"])"},
                 {"sub", R"("s1")"},
                 {"exp", "1790000300"},
                 {"iat", "1790000000"},
                 {"auth_time", "1790000000"},
                 {"nonce", R"("n0nce")"},
                 {"acr", absl::StrCat("\"", kAcceptedLevels[0], "\"")},
                 {kPersonalNumberClaim, R"("191212121212")"}});
}

TEST_CASE("A token that was mutated is refused", "[identity][oidc]") {
  const TestKey key = TestKey::Ec("e1");
  const KeySet keys = SetOf({key.Jwk(), TestKey::Ec("e2").Jwk()});
  const std::string token = key.Token(ClaimsText());
  REQUIRE_OK(VerifyJws(token, TokenType::kJwt, keys));
  Mutator mutator;
  for (int round = 0; round < kRounds; ++round) {
    const std::string mutated = mutator.Mutated(token);
    REQUIRE((mutated == token || !VerifyJws(mutated, TokenType::kJwt, keys).ok()));
  }
}

TEST_CASE("A header that was mutated before it was signed names the key or is refused",
          "[identity][oidc]") {
  const TestKey key = TestKey::Ec("e1");
  const KeySet keys = SetOf({key.Jwk(), TestKey::Ec("e2").Jwk()});
  Mutator mutator;
  for (int round = 0; round < kRounds / 4; ++round) {
    const std::string header = mutator.Mutated(R"({"alg":"ES256","kid":"e1","typ":"JWT"})");
    const bool good =
        VerifyJws(key.Token(Algorithm::kEs256, header, "{}"), TokenType::kJwt, keys).ok();
    if (!good) continue;
    const auto read = JsonObject::Parse(header);
    REQUIRE_OK(read);
    REQUIRE(read->Text("alg") == "ES256");
    REQUIRE(read->Text("kid") == "e1");
  }
}

TEST_CASE("Claims that were mutated before they were signed say the same or are refused",
          "[identity][oidc]") {
  const Terms terms{.issuer = "https://id.example",
                    .client_id = "bitrade",
                    .redirect_uri = "https://bitrade.example/return",
                    .levels = kAcceptedLevels};
  const IdTokenExpectation expected{.nonce = "n0nce", .access_token = "", .now = kNow};
  const std::string good = ClaimsText();
  Mutator mutator;
  int refused = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto claims = JsonObject::Parse(mutator.Mutated(good));
    const auto facts = claims.ok() ? CheckIdToken(*claims, terms, expected) : claims.status();
    if (!facts.ok()) {
      ++refused;
      continue;
    }
    REQUIRE(claims->Text("nonce") == "n0nce");
    REQUIRE(facts->auth_time > kNow - absl::Minutes(7));
  }
  CHECK(refused > kRounds * 3 / 4);
}

TEST_CASE("A key set or a document that was mutated is read or refused, and never more than that",
          "[identity][oidc]") {
  const std::string set = absl::StrCat(R"({"keys":[)", TestKey::Ec("e1").Jwk(), ",",
                                       TestKey::Rsa("r1").Jwk(R"(,"use":"sig")"), "]}");
  const std::string document =
      R"({"issuer":"https://id.example","authorization_endpoint":"https://id.example/authorize",)"
      R"("token_endpoint":"https://id.example/token","jwks_uri":"https://id.example/jwks",)"
      R"("userinfo_endpoint":"https://id.example/userinfo"})";
  REQUIRE_OK(ReadDiscovery(document, "https://id.example"));
  Mutator mutator;
  for (int round = 0; round < kRounds / 8; ++round) {
    const auto keys = KeySet::Parse(mutator.Mutated(set));
    if (keys.ok()) {
      const auto found = keys->Find("r1", Algorithm::kRs256);
      if (found.ok()) REQUIRE_FALSE(found->Verify(Algorithm::kRs256, "text", "no signature"));
    }
    const auto provider = ReadDiscovery(mutator.Mutated(document), "https://id.example");
    if (provider.ok()) REQUIRE(provider->token_endpoint.rfind("https://", 0) == 0);
  }
}

}  // namespace
}  // namespace bitrade::identity::oidc
