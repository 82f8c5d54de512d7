#include "services/identity/oidc/claims.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "services/identity/oidc/refusal.h"

namespace bitrade::identity::oidc {

absl::Status CheckIssuer(const JsonObject& claims, const Terms& terms) {
  return claims.Text("iss") == terms.issuer ? absl::OkStatus() : Refused(Fault::kIssuer);
}

absl::Status CheckAudience(const JsonObject& claims, const Terms& terms) {
  const std::vector<std::string> audience = claims.Texts("aud");
  if (std::find(audience.begin(), audience.end(), terms.client_id) == audience.end()) {
    return Refused(Fault::kAudience);
  }
  const bool needs_party = audience.size() > 1 || claims.Has("azp");
  const bool good = !needs_party || claims.Text("azp") == terms.client_id;
  return good ? absl::OkStatus() : Refused(Fault::kAuthorizedParty);
}

bool IsFresh(std::optional<absl::Time> time, absl::Time now) {
  return time && *time <= now + kSkew && *time >= now - kFresh - kSkew;
}

absl::Status CheckTimes(const JsonObject& claims, absl::Time now) {
  const std::optional<absl::Time> expire = claims.Time("exp");
  const std::optional<absl::Time> issue = claims.Time("iat");
  if (!expire || *expire <= now) return Refused(Fault::kExpired);
  const bool early =
      claims.Has("nbf") && claims.Time("nbf").value_or(absl::InfiniteFuture()) > now + kSkew;
  const bool good = IsFresh(issue, now) && *expire - *issue <= kLongestLife && !early;
  return good ? absl::OkStatus() : Refused(Fault::kIssueTime);
}

}  // namespace bitrade::identity::oidc
