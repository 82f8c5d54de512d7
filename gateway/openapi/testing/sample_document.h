// The document of the sample API, for the tests of its parts.
#pragma once

#include <string>

#include "gateway/openapi/tree.h"

namespace bitrade::openapi::testing {

// Returns the document of sample.proto and of what the gateway says of itself. Its catalogue knows
// INVALID_REQUEST, MALFORMED_REQUEST, NOT_FOUND, ETAG_MISMATCH and RATE_LIMITED alone.
Tree SampleDocument();

// Returns the routes and the access list of the same.
std::string SampleRoutes();
std::string SampleAccess();

}  // namespace bitrade::openapi::testing
