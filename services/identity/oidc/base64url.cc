#include "services/identity/oidc/base64url.h"

#include "absl/strings/escaping.h"

namespace bitrade::identity::oidc {

std::string ToBase64Url(absl::string_view bytes) { return absl::WebSafeBase64Escape(bytes); }

std::optional<std::string> FromBase64Url(absl::string_view text) {
  std::string bytes;
  // Abseil reads more than one form; what is written again in the one form must be what came.
  if (!absl::WebSafeBase64Unescape(text, &bytes) || ToBase64Url(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace bitrade::identity::oidc
