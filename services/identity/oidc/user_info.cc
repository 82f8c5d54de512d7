#include "services/identity/oidc/user_info.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/identity/oidc/claims.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity::oidc {
namespace {

// A number that stands here, too, is the same.
absl::Status CheckNumber(const JsonObject& claims, const PersonNumber& number) {
  for (const char* const claim : {kPersonalNumberClaim, kCoordinationNumberClaim}) {
    if (claims.Has(claim) && claims.Text(claim) != number.FullText()) {
      return Refused(Fault::kNumber);
    }
  }
  return absl::OkStatus();
}

std::string NameIn(const JsonObject& claims) {
  std::string name = claims.Text("name");
  if (name.empty()) name = absl::StrCat(claims.Text("given_name"), " ", claims.Text("family_name"));
  absl::StripAsciiWhitespace(&name);
  return name;
}

}  // namespace

absl::StatusOr<std::string> CheckUserInfo(const JsonObject& claims, const Terms& terms,
                                          const IdTokenFacts& person, absl::Time now) {
  RETURN_IF_ERROR(CheckIssuer(claims, terms));
  RETURN_IF_ERROR(CheckAudience(claims, terms));
  const bool ended = claims.Has("exp") && claims.Time("exp").value_or(absl::InfinitePast()) <= now;
  if (ended) return Refused(Fault::kExpired);
  if (claims.Text("sub") != person.subject) return Refused(Fault::kSubject);
  RETURN_IF_ERROR(CheckNumber(claims, person.number));
  return NameIn(claims);
}

}  // namespace bitrade::identity::oidc
