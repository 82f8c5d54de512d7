#include "tests/eid-sim/oidc/token_faults.h"

#include <openssl/evp.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tests/eid-sim/oidc/authorization_request.h"
#include "tests/eid-sim/oidc/jose_algorithms.h"
#include "tests/eid-sim/oidc/jwk.h"

namespace bitrade::eidsim::oidc {
namespace {

struct TokenFault {
  absl::string_view name;
  void (*strike)(TokenDraft& draft);
};

constexpr char kElsewhere[] = "https://elsewhere.example";
constexpr char kElse[] = "c29tZWJvZHktZWxzZQ";
constexpr char kOtherNumber[] = "199908072391";
constexpr size_t kTooLong = 64 * 1024;
constexpr size_t kCheckDigit = 11;

int64_t At(const TokenDraft& draft, int64_t seconds) {
  return absl::ToUnixSeconds(draft.now) + seconds;
}

void Lives(TokenDraft& draft, int64_t from, int64_t to) {
  draft.claims.Number("iat", At(draft, from)).Number("exp", At(draft, to));
}

void SignByForeignKey(TokenDraft& draft) { draft.key.key = NewKeyFor(draft.key.algorithm); }

void EmbedKey(TokenDraft& draft) {
  SignByForeignKey(draft);
  draft.header.Json("jwk", PublicJwk(*draft.key.key).Object());
}

void SignByOtherKey(TokenDraft& draft) {
  draft.key = draft.other_key;
  draft.header.Text("alg", draft.key.algorithm);  // `kid` names the first key still
}

void Criticise(TokenDraft& draft) {
  draft.header.Json("crit", R"(["https://elsewhere.example/unknown"])");
  draft.header.Flag("https://elsewhere.example/unknown", true);
}

void AddressSeveral(TokenDraft& draft) {
  draft.claims.Json("aud", JsonTexts({draft.client_id, "somebody-else"}));
}

void SpoilNumber(TokenDraft& draft) {
  std::string number = draft.person_number;
  number[kCheckDigit] =
      number[kCheckDigit] == '9' ? '0' : static_cast<char>(number[kCheckDigit] + 1);
  draft.claims.Text(kNumberClaim, number);
}

void DoubtNumber(TokenDraft& draft) {
  draft.claims.Remove(kNumberClaim);
  draft.claims.Text(kCoordinationClaim, draft.person_number);
  draft.claims.Text(kCoordinationLevelClaim, "uncertain");
}

using Draft = TokenDraft&;

constexpr TokenFault kFaults[] = {
    // ---- signature and header ----
    {"algNone", [](Draft it) { it.sealing = Sealing::kNone; }},
    {"hmacOfPublicKey", [](Draft it) { it.sealing = Sealing::kHmacOfPublicKey; }},
    {"brokenSignature", [](Draft it) { it.sealing = Sealing::kBroken; }},
    {"foreignKey", SignByForeignKey},
    {"embeddedKey", EmbedKey},
    {"otherKeyThanNamed", SignByOtherKey},
    {"otherAlgorithmThanSigned", [](Draft it) { it.header.Text("alg", it.other_key.algorithm); }},
    {"unknownKeyId", [](Draft it) { it.header.Text("kid", kElse); }},
    {"missingKeyId", [](Draft it) { it.header.Remove("kid"); }},
    {"critical", Criticise},
    {"unencodedPayload", [](Draft it) { it.header.Flag("b64", false).Json("crit", R"(["b64"])"); }},
    {"wrongType", [](Draft it) { it.header.Text("typ", "at+jwt"); }},
    // ---- shape ----
    {"padded", [](Draft it) { it.shape = Shape::kPadded; }},
    {"fourParts", [](Draft it) { it.shape = Shape::kFourParts; }},
    {"notJson", [](Draft it) { it.shape = Shape::kNotJson; }},
    {"unsigned", [](Draft it) { it.shape = Shape::kPlain; }},
    {"oversize", [](Draft it) { it.claims.Text("padding", std::string(kTooLong, 'x')); }},
    {"repeatedMember", [](Draft it) { it.claims.Repeat("sub", JsonText(kElse)); }},
    // ---- from whom, for whom, when ----
    {"wrongIssuer", [](Draft it) { it.claims.Text("iss", kElsewhere); }},
    {"issuerWithSlash", [](Draft it) { it.claims.Text("iss", it.issuer + "/"); }},
    {"missingIssuer", [](Draft it) { it.claims.Remove("iss"); }},
    {"wrongAudience", [](Draft it) { it.claims.Text("aud", "somebody-else"); }},
    {"missingAudience", [](Draft it) { it.claims.Remove("aud"); }},
    {"severalAudiences", AddressSeveral},
    {"wrongAuthorizedParty",
     [](Draft it) {
       AddressSeveral(it);
       it.claims.Text("azp", "somebody-else");
     }},
    {"expired", [](Draft it) { Lives(it, -240, -120); }},
    {"missingExpiry", [](Draft it) { it.claims.Remove("exp"); }},
    {"issuedInFuture", [](Draft it) { Lives(it, 120, 420); }},
    {"issuedLongAgo", [](Draft it) { Lives(it, -480, 60); }},
    {"missingIssuedAt", [](Draft it) { it.claims.Remove("iat"); }},
    {"longLived", [](Draft it) { Lives(it, 0, 3600); }},
    {"wrongNonce", [](Draft it) { it.claims.Text("nonce", kElse); }},
    {"missingNonce", [](Draft it) { it.claims.Remove("nonce"); }},
    {"oldAuthentication", [](Draft it) { it.claims.Number("auth_time", At(it, -480)); }},
    {"missingAuthTime", [](Draft it) { it.claims.Remove("auth_time"); }},
    // ---- who, and how sure ----
    {"wrongSubject", [](Draft it) { it.claims.Text("sub", kElse); }},
    {"missingSubject", [](Draft it) { it.claims.Remove("sub"); }},
    {"lowAcr", [](Draft it) { it.claims.Text("acr", "http://id.elegnamnden.se/loa/1.0/loa2"); }},
    {"wrongAcr", [](Draft it) { it.claims.Text("acr", "https://elsewhere.example/loa3"); }},
    {"missingAcr", [](Draft it) { it.claims.Remove("acr"); }},
    {"missingNumber",
     [](Draft it) {
       it.claims.Remove(kNumberClaim);
       it.claims.Remove(kCoordinationClaim);
     }},
    {"bothNumbers",
     [](Draft it) {
       it.claims.Text(kNumberClaim, it.person_number).Text(kCoordinationClaim, it.person_number);
     }},
    {"malformedNumber", SpoilNumber},
    {"otherNumber", [](Draft it) { it.claims.Text(kNumberClaim, kOtherNumber); }},
    {"uncertainNumber", DoubtNumber},
    {"wrongProvider", [](Draft it) { it.claims.Text(kAuthnProviderClaim, kElsewhere); }},
    {"missingProvider", [](Draft it) { it.claims.Remove(kAuthnProviderClaim); }},
    {"wrongAccessTokenHash", [](Draft it) { it.claims.Text("at_hash", kElse); }},
    // ---- of logout tokens ----
    {"withNonce", [](Draft it) { it.claims.Text("nonce", kElse); }},
    {"missingEvent", [](Draft it) { it.claims.Remove("events"); }},
    {"wrongEvent",
     [](Draft it) { it.claims.Json("events", R"({"https://elsewhere.example/event":{}})"); }},
    {"missingTokenId", [](Draft it) { it.claims.Remove("jti"); }},
    {"fixedTokenId", [](Draft it) { it.claims.Text("jti", kElse); }},
    {"nobody",
     [](Draft it) {
       it.claims.Remove("sid");
       it.claims.Remove("sub");
     }},
};

}  // namespace

void Strike(TokenKind kind, absl::string_view fault, TokenDraft& draft) {
  if (!absl::ConsumePrefix(&fault, absl::StrCat(kind.name, "."))) return;
  for (const TokenFault& known : kFaults) {
    if (known.name == fault) known.strike(draft);
  }
}

std::vector<absl::string_view> TokenFaults() {
  std::vector<absl::string_view> names;
  for (const TokenFault& fault : kFaults) names.push_back(fault.name);
  return names;
}

}  // namespace bitrade::eidsim::oidc
