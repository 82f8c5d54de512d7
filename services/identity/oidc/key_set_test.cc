#include "services/identity/oidc/key_set.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/common/testing/catch.h"
#include "services/identity/oidc/base64url.h"
#include "services/identity/oidc/refusal.h"
#include "services/identity/oidc/testing/test_key.h"

namespace bitrade::identity::oidc {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

const TestKey& Rsa() {
  static const auto& key = *new TestKey(TestKey::Rsa("r1"));
  return key;
}
const TestKey& Ec() {
  static const auto& key = *new TestKey(TestKey::Ec("e1"));
  return key;
}

std::string FaultOfKey(const std::string& jwk) {
  const auto object = JsonObject::Parse(jwk);
  REQUIRE_OK(object);
  return FaultOf(VerificationKey::FromJwk(*object).status());
}

TEST_CASE("A key for signatures is read", "[identity][oidc]") {
  for (const char* const more : {"", R"(,"use":"sig")", R"(,"key_ops":["verify"])"}) {
    CHECK(FaultOfKey(Rsa().Jwk(more)).empty());
    CHECK(FaultOfKey(Ec().Jwk(more)).empty());
  }
}

TEST_CASE("A key for something else is none", "[identity][oidc]") {
  CHECK(FaultOfKey(Ec().Jwk(R"(,"use":"enc")")) == "KEY");
  CHECK(FaultOfKey(Ec().Jwk(R"(,"key_ops":["sign"])")) == "KEY");
  CHECK(FaultOfKey(Ec().Jwk(R"(,"alg":"ES384")")) == "KEY");
  CHECK(FaultOfKey(Rsa().Jwk(R"(,"alg":"RSA-OAEP")")) == "KEY");
  CHECK(FaultOfKey(R"({"kty":"oct","k":"AAAA"})") == "KEY");
  CHECK(FaultOfKey(R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})") == "KEY");
}

TEST_CASE("A key that says its algorithm is for no other", "[identity][oidc]") {
  const KeySet keys = SetOf({Rsa().Jwk(R"(,"alg":"PS256")")});
  REQUIRE_OK(keys.Find("r1", Algorithm::kPs256));
  CHECK(FaultOf(keys.Find("r1", Algorithm::kRs256).status()) == "KEY");
}

TEST_CASE("A weak or impossible key is none", "[identity][oidc]") {
  CHECK(FaultOfKey(TestKey::Rsa("weak", 1024).Jwk()) == "KEY");
  const auto rsa = [](size_t size, absl::string_view e) {
    return absl::StrCat(R"({"kty":"RSA","n":")", ToBase64Url(std::string(size, '\xff')),
                        R"(","e":")", e, R"("})");
  };
  CHECK(FaultOfKey(rsa(256, "AQ")) == "KEY");            // e = 1
  CHECK(FaultOfKey(rsa(256, "Ag")) == "KEY");            // e = 2
  CHECK(FaultOfKey(rsa(256, "")) == "KEY");              // none
  CHECK(FaultOfKey(rsa(2048, "AQAB")) == "KEY");         // 16384 bits
  CHECK(FaultOfKey(rsa(256, "AQABAQABAQAB")) == "KEY");  // a huge e
  const std::string zero = ToBase64Url(std::string(32, '\0'));
  const std::string point =
      absl::StrCat(R"({"kty":"EC","crv":"P-256","x":")", zero, R"(","y":")", zero, R"("})");
  CHECK(FaultOfKey(point) == "KEY");  // not on the curve
  CHECK(FaultOfKey(R"({"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"})") == "KEY");
}

TEST_CASE("A set leaves out the keys that are not for us, and is refused when it is none",
          "[identity][oidc]") {
  const KeySet keys = SetOf({R"({"kty":"oct","kid":"m1","k":"AAAA"})", Ec().Jwk()});
  CHECK(keys.Has("e1"));
  CHECK_FALSE(keys.Has("m1"));
  CHECK(FaultOf(KeySet::Parse("{}").status()) == "FORM");
  CHECK(FaultOf(KeySet::Parse(R"({"keys":{}})").status()) == "FORM");
  CHECK(FaultOf(KeySet::Parse(R"({"keys":[1]})").status()) == "FORM");
  CHECK(FaultOf(KeySet::Parse(std::string(kLargestKeySet + 1, ' ')).status()) == "SIZE");
  const std::vector<std::string> many(kMostKeys + 1, "{}");
  CHECK(FaultOf(
            KeySet::Parse(absl::StrCat(R"({"keys":[)", absl::StrJoin(many, ","), "]}")).status()) ==
        "SIZE");
}

TEST_CASE("Two keys of one id and kind are none", "[identity][oidc]") {
  const KeySet keys = SetOf({Ec().Jwk(), TestKey::Ec("e1").Jwk()});
  CHECK(FaultOf(keys.Find("e1", Algorithm::kEs256).status()) == "KEY_ID");
}

TEST_CASE("An unknown id makes us ask, once a minute at most", "[identity][oidc]") {
  KeyCache cache;
  CHECK(cache.MustAsk("e1", kNow));
  cache.Asked(kNow);
  cache.Keep(SetOf({Ec().Jwk()}), absl::Hours(1), kNow);
  CHECK_FALSE(cache.MustAsk("e1", kNow));
  CHECK_FALSE(cache.MustAsk("", kNow));
  CHECK_FALSE(cache.MustAsk("e2", kNow + absl::Seconds(59)));
  CHECK(cache.MustAsk("e2", kNow + absl::Seconds(60)));
  cache.Asked(kNow + absl::Seconds(60));
  CHECK_FALSE(cache.MustAsk("e3", kNow + absl::Seconds(119)));
  CHECK(cache.MustAsk("e3", kNow - absl::Hours(1)));
}

TEST_CASE("Keys are asked for again when they are old, within our own bounds", "[identity][oidc]") {
  const auto asks_after = [](absl::Duration max_age, absl::Duration later) {
    KeyCache cache;
    cache.Asked(kNow);
    cache.Keep(SetOf({Ec().Jwk()}), max_age, kNow);
    return cache.MustAsk("e1", kNow + later);
  };
  CHECK_FALSE(asks_after(absl::ZeroDuration(), KeyCache::kLeastAge - absl::Seconds(1)));
  CHECK(asks_after(absl::ZeroDuration(), KeyCache::kLeastAge));
  CHECK_FALSE(asks_after(absl::Hours(2), absl::Hours(2) - absl::Seconds(1)));
  CHECK(asks_after(absl::Hours(2), absl::Hours(2)));
  CHECK(asks_after(absl::Hours(1000), KeyCache::kGreatestAge));
}

TEST_CASE("While keys change, the one before is known until the change after", "[identity][oidc]") {
  KeyCache cache;
  cache.Keep(SetOf({Ec().Jwk()}), absl::Hours(1), kNow);
  cache.Keep(SetOf({TestKey::Ec("e2").Jwk()}), absl::Hours(1), kNow);
  CHECK(cache.keys()->Has("e1"));
  CHECK(cache.keys()->Has("e2"));
  cache.Keep(SetOf({TestKey::Ec("e3").Jwk()}), absl::Hours(1), kNow);
  CHECK_FALSE(cache.keys()->Has("e1"));
  CHECK(cache.keys()->Has("e2"));
}

TEST_CASE("The age that a provider allows is read", "[identity][oidc]") {
  CHECK(MaxAgeOf("public, max-age=3600") == absl::Hours(1));
  CHECK(MaxAgeOf("Max-Age=60") == absl::Minutes(1));
  CHECK(MaxAgeOf("no-store, max-age=60") == absl::ZeroDuration());
  CHECK(MaxAgeOf("max-age=-5") == absl::ZeroDuration());
  CHECK(MaxAgeOf("max-age=x") == absl::ZeroDuration());
  CHECK(MaxAgeOf("") == absl::ZeroDuration());
}

}  // namespace
}  // namespace bitrade::identity::oidc
