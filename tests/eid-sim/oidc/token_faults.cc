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
  unsigned kinds;
  absl::string_view name;
  void (*strike)(TokenDraft& draft);
};

// Which tokens say what a fault is about.
constexpr unsigned kAll = kIdToken.bit | kUserInfo.bit | kLogoutToken.bit;
constexpr unsigned kEnds = kIdToken.bit | kLogoutToken.bit;
constexpr unsigned kPersons = kIdToken.bit | kUserInfo.bit;
constexpr unsigned kLogIn = kIdToken.bit;
constexpr unsigned kLogOut = kLogoutToken.bit;

constexpr char kElsewhere[] = "https://elsewhere.example";
constexpr char kElse[] = "c29tZWJvZHktZWxzZQ";
constexpr char kOtherNumber[] = "199908072391";
constexpr size_t kTooLong = size_t{64} * 1024;
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
    {kAll, "algNone", [](Draft it) { it.sealing = Sealing::kNone; }},
    {kAll, "hmacOfPublicKey", [](Draft it) { it.sealing = Sealing::kHmacOfPublicKey; }},
    {kAll, "brokenSignature", [](Draft it) { it.sealing = Sealing::kBroken; }},
    {kAll, "foreignKey", SignByForeignKey},
    {kAll, "embeddedKey", EmbedKey},
    {kAll, "otherKeyThanNamed", SignByOtherKey},
    {kAll, "otherAlgorithmThanSigned",
     [](Draft it) { it.header.Text("alg", it.other_key.algorithm); }},
    {kAll, "unknownKeyId", [](Draft it) { it.header.Text("kid", kElse); }},
    {kAll, "missingKeyId", [](Draft it) { it.header.Remove("kid"); }},
    {kAll, "critical", Criticise},
    {kAll, "unencodedPayload",
     [](Draft it) { it.header.Flag("b64", false).Json("crit", R"(["b64"])"); }},
    {kAll, "wrongType", [](Draft it) { it.header.Text("typ", "at+jwt"); }},
    // ---- shape ----
    {kAll, "padded", [](Draft it) { it.shape = Shape::kPadded; }},
    {kAll, "fourParts", [](Draft it) { it.shape = Shape::kFourParts; }},
    {kAll, "notJson", [](Draft it) { it.shape = Shape::kNotJson; }},
    {kAll, "unsigned", [](Draft it) { it.shape = Shape::kPlain; }},
    {kAll, "oversize", [](Draft it) { it.claims.Text("padding", std::string(kTooLong, 'x')); }},
    {kAll, "repeatedMember", [](Draft it) { it.claims.Repeat("sub", JsonText(kElse)); }},
    // ---- from whom, for whom, when ----
    {kAll, "wrongIssuer", [](Draft it) { it.claims.Text("iss", kElsewhere); }},
    {kAll, "issuerWithSlash", [](Draft it) { it.claims.Text("iss", it.issuer + "/"); }},
    {kAll, "missingIssuer", [](Draft it) { it.claims.Remove("iss"); }},
    {kAll, "wrongAudience", [](Draft it) { it.claims.Text("aud", "somebody-else"); }},
    {kAll, "missingAudience", [](Draft it) { it.claims.Remove("aud"); }},
    {kAll, "severalAudiences", AddressSeveral},
    {kAll, "wrongAuthorizedParty",
     [](Draft it) {
       AddressSeveral(it);
       it.claims.Text("azp", "somebody-else");
     }},
    {kAll, "expired", [](Draft it) { Lives(it, -240, -120); }},
    {kEnds, "missingExpiry", [](Draft it) { it.claims.Remove("exp"); }},
    {kAll, "issuedInFuture", [](Draft it) { Lives(it, 120, 420); }},
    {kAll, "issuedLongAgo", [](Draft it) { Lives(it, -480, 60); }},
    {kEnds, "missingIssuedAt", [](Draft it) { it.claims.Remove("iat"); }},
    {kAll, "longLived", [](Draft it) { Lives(it, 0, 3600); }},
    {kLogIn, "wrongNonce", [](Draft it) { it.claims.Text("nonce", kElse); }},
    {kLogIn, "missingNonce", [](Draft it) { it.claims.Remove("nonce"); }},
    {kLogIn, "oldAuthentication", [](Draft it) { it.claims.Number("auth_time", At(it, -480)); }},
    {kLogIn, "missingAuthTime", [](Draft it) { it.claims.Remove("auth_time"); }},
    // ---- who, and how sure ----
    {kPersons, "wrongSubject", [](Draft it) { it.claims.Text("sub", kElse); }},
    {kPersons, "missingSubject", [](Draft it) { it.claims.Remove("sub"); }},
    {kLogIn, "lowAcr",
     [](Draft it) { it.claims.Text("acr", "http://id.elegnamnden.se/loa/1.0/loa2"); }},
    {kLogIn, "wrongAcr", [](Draft it) { it.claims.Text("acr", "https://elsewhere.example/loa3"); }},
    {kLogIn, "missingAcr", [](Draft it) { it.claims.Remove("acr"); }},
    {kPersons, "missingNumber",
     [](Draft it) {
       it.claims.Remove(kNumberClaim);
       it.claims.Remove(kCoordinationClaim);
     }},
    {kPersons, "bothNumbers",
     [](Draft it) {
       it.claims.Text(kNumberClaim, it.person_number).Text(kCoordinationClaim, it.person_number);
     }},
    {kPersons, "malformedNumber", SpoilNumber},
    {kPersons, "otherNumber", [](Draft it) { it.claims.Text(kNumberClaim, kOtherNumber); }},
    {kPersons, "uncertainNumber", DoubtNumber},
    {kLogIn, "wrongProvider", [](Draft it) { it.claims.Text(kAuthnProviderClaim, kElsewhere); }},
    {kLogIn, "missingProvider", [](Draft it) { it.claims.Remove(kAuthnProviderClaim); }},
    {kLogIn, "wrongAccessTokenHash", [](Draft it) { it.claims.Text("at_hash", kElse); }},
    // ---- of logout tokens ----
    {kLogOut, "withNonce", [](Draft it) { it.claims.Text("nonce", kElse); }},
    {kLogOut, "missingEvent", [](Draft it) { it.claims.Remove("events"); }},
    {kLogOut, "wrongEvent",
     [](Draft it) { it.claims.Json("events", R"({"https://elsewhere.example/event":{}})"); }},
    {kLogOut, "missingTokenId", [](Draft it) { it.claims.Remove("jti"); }},
    {kLogOut, "fixedTokenId", [](Draft it) { it.claims.Text("jti", kElse); }},
    {kLogOut, "nobody",
     [](Draft it) {
       it.claims.Remove("sid");
       it.claims.Remove("sub");
     }},
};

}  // namespace

void Strike(TokenKind kind, absl::string_view fault, TokenDraft& draft) {
  if (!absl::ConsumePrefix(&fault, absl::StrCat(kind.name, "."))) return;
  for (const TokenFault& known : kFaults) {
    if (known.name == fault && (known.kinds & kind.bit) != 0) known.strike(draft);
  }
}

std::vector<absl::string_view> TokenFaults(TokenKind kind) {
  std::vector<absl::string_view> names;
  for (const TokenFault& fault : kFaults) {
    if ((fault.kinds & kind.bit) != 0) names.push_back(fault.name);
  }
  return names;
}

}  // namespace bitrade::eidsim::oidc
