// The parameters of an authorization request: those of the query and those of the signed request
// object.
// Source: OpenID Connect Core 6; RFC 9101.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tests/eid-sim/oidc/client.h"
#include "tests/eid-sim/oidc/form.h"

namespace bitrade::eidsim::oidc {

enum class RequestObject { kRequired, kOptional };

// Whom a request is sent to, and how strict that is.
struct RequestTerms {
  std::string issuer;
  absl::Time now;
  RequestObject object = RequestObject::kRequired;
};

// Returns the parameters of both; objects and numbers of the request object as JSON texts. Errors:
// a refusal (oauth_error.h) for an object that is missing, of others, for others or too old, and
// for parameters that contradict each other.
absl::StatusOr<Form> MergedParameters(const Form& sent, const Client& client,
                                      const RequestTerms& terms);

}  // namespace bitrade::eidsim::oidc
