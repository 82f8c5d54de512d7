// The refusals that are the gateway's own: what it says before a service is asked, or in its place.
#pragma once

#include <vector>

#include "services/common/error/error.h"

namespace bitrade::gateway {

extern const Reason kMalformedRequest;        // 400: no message can be made of the request
extern const Reason kIdempotencyKeyRequired;  // 400: missing, or no quoted string
extern const Reason kSessionRequired;         // 401: a route for those who are logged in
extern const Reason kCsrfRequired;            // 403
extern const Reason kMethodNotAllowed;        // 405, with `Allow`
extern const Reason kNotAcceptable;           // 406
extern const Reason kUnsupportedMediaType;    // 415
extern const Reason kRangeNotSatisfiable;     // 416
extern const Reason kIfMatchRequired;         // 428
extern const Reason kRateLimited;             // 429, with `Retry-After`
extern const Reason kInternalError;           // 500: what failed is in the log alone

// Every reason above, for the catalogue of problems and the HTTP status of each.
const std::vector<const Reason*>& GatewayReasons();

}  // namespace bitrade::gateway
