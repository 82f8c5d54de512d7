// One route as an operation of the OpenAPI document.
#pragma once

#include <string>

#include "gateway/openapi/problems.h"
#include "gateway/openapi/schemas.h"
#include "gateway/openapi/tree.h"
#include "gateway/transcoding/route_table.h"

namespace bitrade::openapi {

// Returns the path of a route below the server's address, with captures in camelCase:
// "/appointments/{appointmentId}/documents".
std::string PathKey(const gateway::Route& route);

// Returns the operation: parameters, body, answers with examples, and the problems that its comment
// names or its shape implies. Adds what it refers to to `schemas` and `problems`.
Tree Operation(const gateway::Route& route, Schemas& schemas, Problems& problems);

}  // namespace bitrade::openapi
