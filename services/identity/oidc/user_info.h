// The signed UserInfo: the person's name, which no ID token has.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/identity/oidc/id_token.h"
#include "services/identity/oidc/json_object.h"
#include "services/identity/oidc/terms.h"

namespace bitrade::identity::oidc {

// Checks the claims of a UserInfo whose signature holds against the ID token's facts, and returns
// the person's name; "" where it has none.
//
// Errors: OIDC_ANSWER_REFUSED with fault ISSUER, AUDIENCE, EXPIRED, SUBJECT or NUMBER.
absl::StatusOr<std::string> CheckUserInfo(const JsonObject& claims, const Terms& terms,
                                          const IdTokenFacts& person, absl::Time now);

}  // namespace bitrade::identity::oidc
