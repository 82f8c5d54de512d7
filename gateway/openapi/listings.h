// Two lists for reviewers: which path leads where, and who may call what.
#pragma once

#include <string>

#include "gateway/openapi/contract.h"
#include "gateway/transcoding/route_table.h"

namespace bitrade::openapi {

// Returns "VERB path RPC" of every route, a line each, sorted by path.
std::string RouteList(const gateway::RouteTable& routes);

// Returns a Markdown table of every RPC: who may call it, whether it is internal, how it is
// audited.
std::string AccessList(const Contract& contract);

}  // namespace bitrade::openapi
