// What an operation answers when it succeeds.
#pragma once

#include "gateway/openapi/schemas.h"
#include "gateway/openapi/tree.h"
#include "gateway/transcoding/route_table.h"

namespace bitrade::openapi {

// Tells whether the answer is a document's content, of which a range can be had.
bool IsContent(const gateway::Route& route);

// Adds the responses of success to `responses`: one, or for content the whole and a range.
void AddSuccess(const gateway::Route& route, Schemas& schemas, Tree& responses);

}  // namespace bitrade::openapi
