#include "tests/eid-sim/oidc/jws.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/json_object.h"
#include "tests/eid-sim/oidc/base64url.h"
#include "tests/eid-sim/oidc/jose_algorithms.h"

namespace bitrade::eidsim::oidc {
namespace {

struct Header {
  std::string algorithm;
  std::string kid;
};

absl::StatusOr<Header> ParseHeader(absl::string_view text) {
  ASSIGN_OR_RETURN(JsonObject members, JsonObject::Parse(text));
  const Header header{members.Text("alg"), members.OptionalText("kid").value_or("")};
  if (members.Has("crit")) members.Refuse("crit");
  RETURN_IF_ERROR(members.Finish(UnknownMembers::kIgnore));
  return header;
}

bool Made(const PublicKey& key, const Header& header, absl::string_view input,
          absl::string_view signature) {
  if (!header.kid.empty() && !key.kid.empty() && header.kid != key.kid) return false;
  return VerifyBytes(header.algorithm, *key.key, input, signature);
}

}  // namespace

absl::StatusOr<std::string> OpenJws(absl::string_view compact, const std::vector<PublicKey>& keys) {
  const std::vector<absl::string_view> parts = absl::StrSplit(compact, '.');
  if (compact.size() > kMaxJws || parts.size() != 3) {
    return absl::InvalidArgumentError("not a compact JWS of at most 16 KiB");
  }
  ASSIGN_OR_RETURN(const std::string header_text, FromBase64Url(parts[0]));
  ASSIGN_OR_RETURN(const Header header, ParseHeader(header_text));
  ASSIGN_OR_RETURN(std::string payload, FromBase64Url(parts[1]));
  ASSIGN_OR_RETURN(const std::string signature, FromBase64Url(parts[2]));
  const absl::string_view input = compact.substr(0, parts[0].size() + 1 + parts[1].size());
  for (const PublicKey& key : keys) {
    if (Made(key, header, input, signature)) return payload;
  }
  return absl::InvalidArgumentError("the signature does not hold");
}

std::string SigningInput(absl::string_view header, absl::string_view payload) {
  return absl::StrCat(Base64Url(header), ".", Base64Url(payload));
}

}  // namespace bitrade::eidsim::oidc
