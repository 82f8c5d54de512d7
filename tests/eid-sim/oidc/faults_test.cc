#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"
#include "tests/eid-sim/oidc/base64url.h"
#include "tests/eid-sim/oidc/callback.h"
#include "tests/eid-sim/oidc/jws.h"
#include "tests/eid-sim/oidc/testing/relying_party.h"
#include "tests/eid-sim/oidc/token_endpoint.h"
#include "tests/eid-sim/oidc/token_faults.h"

namespace bitrade::eidsim::oidc {
namespace {

using testing::HeaderOf;
using testing::PayloadOf;
using testing::RelyingParty;
using testing::TextOf;

std::string Fault(absl::string_view name) { return absl::StrCat(R"(,"fault":")", name, R"(")"); }

std::string IdTokenWith(RelyingParty& at, absl::string_view fault) {
  return TextOf(at.LogIn(Fault(absl::StrCat("idToken.", fault))).body, "id_token");
}

bool Verifies(RelyingParty& at, const std::string& token) {
  return OpenJws(token, at.provider.parts().realm.PublicKeys()).ok();
}

// All that can be seen of a draft before the signature, which is random.
std::string Seen(const TokenDraft& draft) {
  return absl::StrCat(draft.header.Object(), draft.claims.Object(), static_cast<int>(draft.sealing),
                      " ", static_cast<int>(draft.shape), PublicPem(*draft.key.key));
}

TEST_CASE("Every fault changes something, and in its own kind of token alone", "[eid-sim][unit]") {
  SigningKeys keys;
  TokenDraft draft;
  draft.key = keys.Newest("ES256");
  draft.other_key = keys.Newest("RS256");
  draft.now = absl::FromUnixSeconds(1764000000);
  draft.person_number = testing::kNumber;
  draft.issuer = testing::kIssuer;
  draft.header.Text("alg", "ES256").Text("kid", draft.key.kid).Text("typ", "JWT");
  for (const char* name : {"iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr",
                           "at_hash", "sid", "jti", "events", kNumberClaim, kAuthnProviderClaim}) {
    draft.claims.Text(name, "");
  }
  for (const TokenKind kind : {kIdToken, kUserInfo, kLogoutToken}) {
    for (const absl::string_view name : TokenFaults(kind)) {
      INFO(kind.name << "." << name);
      TokenDraft struck = draft;
      Strike(kind.bit == kIdToken.bit ? kUserInfo : kIdToken, absl::StrCat(kind.name, ".", name),
             struck);
      CHECK(Seen(struck) == Seen(draft));
      Strike(kind, absl::StrCat(kind.name, ".", name), struck);
      CHECK(Seen(struck) != Seen(draft));
    }
  }
}

TEST_CASE("A signature is missing, weak, broken or somebody else's", "[eid-sim][unit]") {
  RelyingParty at;
  CHECK(Verifies(at, TextOf(at.LogIn().body, "id_token")));
  for (const char* fault :
       {"algNone", "hmacOfPublicKey", "brokenSignature", "foreignKey", "embeddedKey",
        "otherKeyThanNamed", "otherAlgorithmThanSigned", "unknownKeyId", "critical",
        "unencodedPayload", "padded", "fourParts"}) {
    INFO(fault);
    CHECK_FALSE(Verifies(at, IdTokenWith(at, fault)));
  }
}

TEST_CASE("The key that everybody can read makes a valid HMAC", "[eid-sim][unit]") {
  RelyingParty at;
  const std::string token = IdTokenWith(at, "hmacOfPublicKey");
  const size_t end = token.rfind('.');
  CHECK(TextOf(HeaderOf(token), "alg") == "HS256");
  const std::string pem = PublicPem(*at.provider.parts().IssuingNow().other_key.key);
  CHECK(Base64Url(crypto::HmacSha256(pem, token.substr(0, end))) == token.substr(end + 1));
}

TEST_CASE("Claims are properly signed and wrong", "[eid-sim][unit]") {
  RelyingParty at;
  for (const char* fault :
       {"wrongIssuer", "wrongAudience", "expired", "issuedInFuture", "wrongNonce", "lowAcr",
        "missingNumber", "bothNumbers", "wrongSubject", "missingKeyId", "repeatedMember"}) {
    INFO(fault);
    CHECK(Verifies(at, IdTokenWith(at, fault)));
  }
  const std::string both = PayloadOf(IdTokenWith(at, "bothNumbers"));
  CHECK(TextOf(both, kNumberClaim) == TextOf(both, kCoordinationClaim));
}

TEST_CASE("UserInfo is unsigned, or of somebody else, and the ID token as it should be",
          "[eid-sim][unit]") {
  RelyingParty at;
  for (const char* fault : {"userinfo.unsigned", "userinfo.wrongSubject"}) {
    const HttpAnswer tokens = at.LogIn(Fault(fault));
    const HttpAnswer told =
        at.Get("/userinfo", absl::StrCat("Bearer ", TextOf(tokens.body, "access_token")));
    const bool is_signed = told.content_type == "application/jwt";
    CHECK(is_signed == (fault != absl::string_view("userinfo.unsigned")));
    const std::string subject = TextOf(is_signed ? PayloadOf(told.body) : told.body, "sub");
    const std::string id_token = TextOf(tokens.body, "id_token");
    CHECK(Verifies(at, id_token));
    CHECK((subject == TextOf(PayloadOf(id_token), "sub")) != is_signed);
  }
}

TEST_CASE("A callback lacks or forges what binds it", "[eid-sim][unit]") {
  RelyingParty at;
  const auto callback = [&](absl::string_view fault) {
    return at.Approved(at.Begin(), Fault(absl::StrCat("callback.", fault)));
  };
  CHECK_FALSE(callback("missingState").contains("state"));
  CHECK(ValueOf(callback("wrongState"), "state") != testing::kState);
  CHECK_FALSE(callback("missingIssuer").contains("iss"));
  CHECK(ValueOf(callback("wrongIssuer"), "iss") != testing::kIssuer);
  CHECK(callback("codeAndError").contains("error"));
  CHECK(callback("repeatedState").empty());  // not to be read as a form
}

TEST_CASE("A token answer lacks a token", "[eid-sim][unit]") {
  RelyingParty at;
  CHECK(TextOf(at.LogIn(Fault("tokenAnswer.missingIdToken")).body, "id_token").empty());
  CHECK(TextOf(at.LogIn(Fault("tokenAnswer.wrongTokenType")).body, "token_type") == "mac");
}

TEST_CASE("A logout token bears the fault that was ordered", "[eid-sim][unit]") {
  RelyingParty at;
  at.LogIn();
  const std::string told =
      at.Call("POST", "logout", R"({"personalNumber":"191212121212","fault":"withNonce"})").body;
  const size_t begin = told.find(R"("logoutToken":")") + 15;
  const std::string token = told.substr(begin, told.find('"', begin) - begin);
  CHECK(Verifies(at, token));
  CHECK(TextOf(HeaderOf(token), "typ") == "logout+jwt");
  CHECK_FALSE(TextOf(PayloadOf(token), "nonce").empty());
}

}  // namespace
}  // namespace bitrade::eidsim::oidc
