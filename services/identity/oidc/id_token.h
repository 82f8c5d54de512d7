// The ID token: who has just authenticated, at which level, for which log-in.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/base/person_number.h"
#include "services/identity/oidc/claims.h"
#include "services/identity/oidc/json_object.h"
#include "services/identity/oidc/terms.h"

namespace bitrade::identity::oidc {

// What one log-in expects of its ID token.
struct IdTokenExpectation {
  std::string nonce;
  std::string access_token;  // that came with it
  absl::Time now;
  absl::Time auth_from = absl::InfinitePast();  // an earlier authentication is none
};

// What a good one says.
struct IdTokenFacts {
  std::string subject;     // the provider's name for the person
  std::string session_id;  // the provider's, `sid`; "" when it has none
  std::string level;       // acr
  PersonNumber number;
  absl::Time auth_time;
};

// Checks the claims of an ID token whose signature holds.
//
// Errors: OIDC_ANSWER_REFUSED with fault ISSUER, AUDIENCE, AUTHORIZED_PARTY, EXPIRED, ISSUE_TIME,
// SUBJECT, NONCE, AUTH_TIME, LEVEL, NUMBER, PROVIDER or ACCESS_TOKEN_HASH, the first that is found.
absl::StatusOr<IdTokenFacts> CheckIdToken(const JsonObject& claims, const Terms& terms,
                                          const IdTokenExpectation& expected);

// Reads the one identity number that claims have. Errors: OIDC_ANSWER_REFUSED with fault NUMBER.
absl::StatusOr<PersonNumber> NumberIn(const JsonObject& claims, CoordinationNumbers coordination,
                                      absl::Time now);

}  // namespace bitrade::identity::oidc
