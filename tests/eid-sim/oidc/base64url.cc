#include "tests/eid-sim/oidc/base64url.h"

#include "absl/strings/escaping.h"

namespace bitrade::eidsim::oidc {

std::string Base64Url(absl::string_view bytes) { return absl::WebSafeBase64Escape(bytes); }

absl::StatusOr<std::string> FromBase64Url(absl::string_view text) {
  std::string bytes;
  // Whatever is not written as we would write it has padding, foreign letters or bits left over.
  if (!absl::WebSafeBase64Unescape(text, &bytes) || Base64Url(bytes) != text) {
    return absl::InvalidArgumentError("no base64url");
  }
  return bytes;
}

}  // namespace bitrade::eidsim::oidc
