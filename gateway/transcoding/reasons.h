// The refusals that are the gateway's own: what it says before a service is asked, or in its place.
#pragma once

#include <vector>

#include "services/common/error/error.h"

namespace bitrade::gateway {

extern const Reason kMalformedRequest;        // 400: no message can be made of the request
extern const Reason kIdempotencyKeyRequired;  // 400: missing, or no quoted string
extern const Reason kLogoutTokenRefused;      // 400: a provider's word that ends nothing
extern const Reason kSessionRequired;         // 401: a route for those who are logged in
extern const Reason kCsrfRequired;            // 403
extern const Reason kMethodNotAllowed;        // 405, with `Allow`
extern const Reason kNotAcceptable;           // 406
extern const Reason kUnsupportedMediaType;    // 415
extern const Reason kIfMatchRequired;         // 428
extern const Reason kRateLimited;             // 429, with `Retry-After`
extern const Reason kRequestTimeout;          // 408: the request did not come in time
extern const Reason kContentTooLarge;         // 413
extern const Reason kUriTooLong;              // 414
extern const Reason kExpectationFailed;       // 417: only 100-continue is understood
extern const Reason kHeadTooLarge;            // 431: too many headers, or too long ones
extern const Reason kNotImplemented;          // 501: a transfer coding or method of HTTP
extern const Reason kVersionNotSupported;     // 505
extern const Reason kInternalError;           // 500: what failed is in the log alone

// Returns why the edge refuses with `status`, one that its parser or its limits chose.
const Reason& EdgeReason(int status);

// Every reason above, for the catalogue of problems and the HTTP status of each.
const std::vector<const Reason*>& GatewayReasons();

}  // namespace bitrade::gateway
