// The logout token: a provider says that somebody's session there has ended.
// Source: OpenID Connect Back-Channel Logout 1.0, section 2.4.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/identity/oidc/json_object.h"
#include "services/identity/oidc/terms.h"

namespace bitrade::identity::oidc {

// What a good one says. Of subject and session id at least one is there.
struct LogoutFacts {
  std::string token_id;    // `jti`: whoever sees it again refuses it
  std::string subject;     // "" for a session alone
  std::string session_id;  // "" for all sessions of the subject
  absl::Time expire_time;  // how long to remember the id
};

// Checks the claims of a logout token whose signature holds.
//
// Errors: OIDC_ANSWER_REFUSED with fault ISSUER, AUDIENCE, AUTHORIZED_PARTY, EXPIRED, ISSUE_TIME,
// EVENT, NONCE, SUBJECT or TOKEN_ID.
absl::StatusOr<LogoutFacts> CheckLogoutToken(const JsonObject& claims, const Terms& terms,
                                             absl::Time now);

}  // namespace bitrade::identity::oidc
