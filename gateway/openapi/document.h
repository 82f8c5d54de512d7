// The OpenAPI 3.1 document of all routes.
#pragma once

#include "absl/status/statusor.h"
#include "gateway/openapi/catalogue.h"
#include "gateway/openapi/contract.h"
#include "gateway/openapi/tree.h"
#include "gateway/transcoding/route_table.h"

namespace bitrade::openapi {

// Where all paths begin; the address of the server ends with it.
inline constexpr char kApiRoot[] = "/bitrade/v1";

// Makes the document: paths sorted, each with its operations, then what they refer to. Its version
// is the one that `api-info` has for an example; `catalogue` has what a call can be refused with.
// Errors: INVALID_ARGUMENT for a contract without a version.
absl::StatusOr<Tree> Document(const Contract& contract, const gateway::RouteTable& routes,
                              const Catalogue& catalogue);

}  // namespace bitrade::openapi
