#include "tests/eid-sim/oidc/token_draft.h"

#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "tests/eid-sim/oidc/base64url.h"
#include "tests/eid-sim/oidc/jose_algorithms.h"
#include "tests/eid-sim/oidc/jwk.h"
#include "tests/eid-sim/oidc/jws.h"

namespace bitrade::eidsim::oidc {
namespace {

const SigningKey& RsaKeyOf(const TokenDraft& draft) {
  return draft.key.algorithm == "ES256" ? draft.other_key : draft.key;
}

// The header as drafted, but for what the sealing makes of it.
std::string HeaderOf(const TokenDraft& draft) {
  JsonMembers header = draft.header;
  if (draft.sealing == Sealing::kNone) header.Text("alg", "none");
  if (draft.sealing == Sealing::kHmacOfPublicKey) {
    header.Text("alg", "HS256").Text("kid", RsaKeyOf(draft).kid);
  }
  return header.Object();
}

std::string SignatureOf(const TokenDraft& draft, const std::string& input) {
  if (draft.sealing == Sealing::kNone) return "";
  if (draft.sealing == Sealing::kHmacOfPublicKey) {
    return crypto::HmacSha256(PublicPem(*RsaKeyOf(draft).key), input);
  }
  std::string signature = SignBytes(draft.key.algorithm, *draft.key.key, input);
  if (draft.sealing == Sealing::kBroken) signature.back() ^= 1;
  return signature;
}

std::string Padded(absl::string_view bytes) {
  std::string text = Base64Url(bytes);
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

}  // namespace

std::string Sealed(const TokenDraft& draft) {
  std::string claims = draft.claims.Object();
  if (draft.shape == Shape::kPlain) return claims;
  if (draft.shape == Shape::kNotJson) claims.insert(0, "no JSON ");
  const std::string header = HeaderOf(draft);
  const bool padded = draft.shape == Shape::kPadded;
  const std::string input =
      padded ? absl::StrCat(Padded(header), ".", Padded(claims)) : SigningInput(header, claims);
  const std::string signature = SignatureOf(draft, input);
  return absl::StrCat(input, ".", padded ? Padded(signature) : Base64Url(signature),
                      draft.shape == Shape::kFourParts ? ".AAAA" : "");
}

}  // namespace bitrade::eidsim::oidc
