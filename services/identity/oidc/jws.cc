#include "services/identity/oidc/jws.h"

#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"
#include "services/identity/oidc/base64url.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity::oidc {
namespace {

struct Parts {
  JsonObject header;
  absl::string_view signed_text;  // within the token
  std::string payload;
  std::string signature;
};

absl::StatusOr<Parts> Split(absl::string_view token) {
  if (token.size() > kLargestToken) return Refused(Fault::kSize);
  const std::vector<absl::string_view> parts = absl::StrSplit(token, '.');
  if (parts.size() != 3) return Refused(Fault::kForm);
  const auto header = FromBase64Url(parts[0]);
  auto payload = FromBase64Url(parts[1]);
  auto signature = FromBase64Url(parts[2]);
  if (!header || !payload || !signature) return Refused(Fault::kForm);
  ASSIGN_OR_RETURN(JsonObject read, JsonObject::Parse(*header));
  return Parts{.header = std::move(read),
               .signed_text = token.substr(0, token.size() - parts[2].size() - 1),
               .payload = *std::move(payload),
               .signature = *std::move(signature)};
}

absl::Status CheckType(const JsonObject& header, TokenType type) {
  const bool good = type == TokenType::kLogout
                        ? absl::EqualsIgnoreCase(header.Text("typ"), "logout+jwt")
                        : !header.Has("typ") || absl::EqualsIgnoreCase(header.Text("typ"), "JWT");
  return good ? absl::OkStatus() : Refused(Fault::kType);
}

}  // namespace

absl::StatusOr<JsonObject> VerifyJws(absl::string_view token, TokenType type, const KeySet& keys) {
  ASSIGN_OR_RETURN(const Parts parts, Split(token));
  const std::optional<Algorithm> algorithm = ParseAlgorithm(parts.header.Text("alg"));
  if (!algorithm) return Refused(Fault::kAlgorithm);
  // `b64` says that the payload is not encoded, with or without `crit`.
  if (parts.header.Has("crit") || parts.header.Has("b64")) return Refused(Fault::kCritical);
  RETURN_IF_ERROR(CheckType(parts.header, type));
  ASSIGN_OR_RETURN(const VerificationKey key, keys.Find(parts.header.Text("kid"), *algorithm));
  if (!key.Verify(*algorithm, parts.signed_text, parts.signature)) {
    return Refused(Fault::kSignature);
  }
  return JsonObject::Parse(parts.payload);
}

std::string KeyIdOf(absl::string_view token) {
  const absl::StatusOr<Parts> parts = Split(token);
  return parts.ok() ? parts->header.Text("kid") : "";
}

std::string SignJws(absl::string_view claims, const SigningKey& key) {
  const std::string header = absl::StrCat(R"({"alg":"ES256","typ":"JWT","kid":")", key.id(), "\"}");
  const std::string text = absl::StrCat(ToBase64Url(header), ".", ToBase64Url(claims));
  return absl::StrCat(text, ".", ToBase64Url(key.Sign(text)));
}

}  // namespace bitrade::identity::oidc
