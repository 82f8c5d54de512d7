// How a log-in at an OpenID provider ends without a person.
// Source: RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Unmet Authentication Requirements 1.0.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/common/error/error.h"
#include "services/identity/https/https_client.h"

namespace bitrade::identity::oidc {

// The person stopped, or could not identify.
extern const Reason kOidcAccessDenied;
// The person's e-legitimation has another level of assurance than we need.
extern const Reason kOidcLevelTooLow;
// The provider does not know the code: used before, too old, or another's.
extern const Reason kOidcCodeRefused;
// The provider is down, slow or did not answer.
extern const Reason kOidcUnavailable;
// Something is wrong between the provider and us (a request of ours, a certificate, an answer that
// is none). Repeating does not help; it wants an operator.
extern const Reason kOidcFault;

// Returns what `error` in a return from the provider means.
absl::Status RefusalOfReturn(absl::string_view error);

// Returns the refusal that an answer other than 200 is.
absl::Status RefusalOf(const HttpsReply& reply);

// Returns the refusal that a call without an answer is.
absl::Status RefusalOf(const absl::Status& transport);

}  // namespace bitrade::identity::oidc
