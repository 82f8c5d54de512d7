#include "tests/eid-sim/oidc/authorization.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "tests/eid-sim/oidc/base64url.h"

namespace bitrade::eidsim::oidc {

absl::string_view NameOf(AuthorizationState state) {
  switch (state) {
    case AuthorizationState::kOpen:
      return "open";
    case AuthorizationState::kApproved:
      return "approved";
    case AuthorizationState::kDenied:
      return "denied";
    case AuthorizationState::kRedeemed:
      return "redeemed";
  }
  return "";
}

std::string AcrOf(absl::string_view name) {
  if (absl::StrContains(name, ":")) return std::string(name);
  const bool uncertified = absl::StartsWith(name, "uncertified-");
  return absl::StrCat(
      uncertified ? "http://id.swedenconnect.se/loa/1.0/" : "http://id.elegnamnden.se/loa/1.0/",
      name);
}

// The same after a restart: relying parties know persons by it.
std::string SubjectOf(const Person& person) {
  return Base64Url(crypto::HmacSha256("subject at eid-sim", person.personal_number));
}

}  // namespace bitrade::eidsim::oidc
