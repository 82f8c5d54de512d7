// What the edge answers when a request never becomes one: it broke the grammar of HTTP or a limit.
#pragma once

#include "gateway/http/message.h"
#include "gateway/pipeline/parts.h"

namespace bitrade::gateway {

// Returns the problem document for a status that the edge chose, with ids of its own, and logs it.
// The language of such a client is unknown, so it is Swedish.
http::Response EdgeProblem(int status, const Parts& parts);

}  // namespace bitrade::gateway
