// One line for each request that was answered: ids, the route as the contract writes it, what came
// of it. Never a path, a query, a body or a cookie as a client sent them.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/pipeline/parts.h"
#include "gateway/transcoding/route_table.h"

namespace bitrade::gateway {

struct Access {
  absl::string_view method;
  const Route* route = nullptr;  // null where none was found
  int status = 0;
  absl::string_view reason;  // of a refusal
  double seconds = 0;
  const std::string& request_id;
  const std::string& traceparent;
};

// Writes the line and counts the request.
void LogAccess(const Parts& parts, const Access& access, absl::Time now);

}  // namespace bitrade::gateway
