#include "services/identity/oidc/logout_token.h"

#include <optional>

#include "services/common/base/status_macros.h"
#include "services/identity/oidc/claims.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity::oidc {
namespace {

constexpr char kLogoutEvent[] = "http://schemas.openid.net/event/backchannel-logout";

}  // namespace

absl::StatusOr<LogoutFacts> CheckLogoutToken(const JsonObject& claims, const Terms& terms,
                                             absl::Time now) {
  RETURN_IF_ERROR(CheckIssuer(claims, terms));
  RETURN_IF_ERROR(CheckAudience(claims, terms));
  RETURN_IF_ERROR(CheckTimes(claims, now));
  const std::optional<JsonObject> events = claims.Object("events");
  if (!events || !events->Object(kLogoutEvent)) return Refused(Fault::kEvent);
  // With one it could be an ID token that somebody passes off as this.
  if (claims.Has("nonce")) return Refused(Fault::kNonce);
  LogoutFacts facts{.token_id = claims.Text("jti"),
                    .subject = claims.Text("sub"),
                    .session_id = claims.Text("sid"),
                    .expire_time = *claims.Time("exp")};
  if (facts.subject.empty() && facts.session_id.empty()) return Refused(Fault::kSubject);
  if (facts.token_id.empty()) return Refused(Fault::kTokenId);
  return facts;
}

}  // namespace bitrade::identity::oidc
