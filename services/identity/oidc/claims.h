// Rules on claims that every token of a provider's has, and the names of the Swedish ones.
// Source: The Swedish OpenID Connect Claims and Scopes Specification 1.0.
#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/identity/oidc/json_object.h"
#include "services/identity/oidc/terms.h"

namespace bitrade::identity::oidc {

inline constexpr char kPersonalNumberClaim[] = "https://id.oidc.se/claim/personalIdentityNumber";
inline constexpr char kCoordinationNumberClaim[] = "https://id.oidc.se/claim/coordinationNumber";
inline constexpr char kCoordinationLevelClaim[] =
    "https://id.oidc.se/claim/coordinationNumberLevel";
inline constexpr char kAuthnProviderClaim[] = "https://id.oidc.se/claim/authnProvider";

// How far two clocks may be apart.
constexpr absl::Duration kSkew = absl::Minutes(1);
// How long after its making a token may come.
constexpr absl::Duration kFresh = absl::Minutes(5);
// How long a token may be valid; the profile says five minutes.
constexpr absl::Duration kLongestLife = absl::Minutes(10);

// `iss` is the provider's, exactly. Errors: OIDC_ANSWER_REFUSED with fault ISSUER.
absl::Status CheckIssuer(const JsonObject& claims, const Terms& terms);

// `aud` is or contains us; among several, or where it stands, `azp` is us. Errors:
// OIDC_ANSWER_REFUSED with fault AUDIENCE or AUTHORIZED_PARTY.
absl::Status CheckAudience(const JsonObject& claims, const Terms& terms);

// It is valid at `now`, was made just before, and for a short time. Errors: OIDC_ANSWER_REFUSED
// with fault EXPIRED or ISSUE_TIME.
absl::Status CheckTimes(const JsonObject& claims, absl::Time now);

// Whether `time` lies within the last kFresh, give or take kSkew.
bool IsFresh(std::optional<absl::Time> time, absl::Time now);

}  // namespace bitrade::identity::oidc
