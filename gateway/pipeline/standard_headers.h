// The headers that every answer has, refusals included.
#pragma once

#include <string>
#include <vector>

#include "gateway/http/message.h"

namespace bitrade::gateway {

// Appends what keeps browsers from guessing types, framing, and telling others where somebody was;
// the two ids by which the answer is found in the logs; and, unless `headers` say otherwise, that
// nobody keeps a copy and nothing in it is run.
void AddStandardHeaders(const std::string& request_id, const std::string& traceparent,
                        std::vector<http::Header>& headers);

}  // namespace bitrade::gateway
