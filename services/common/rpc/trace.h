// W3C trace context: the line that one request's spans share. Source:
// https://www.w3.org/TR/trace-context/
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::rpc {

// Tells whether `text` is a traceparent of version 00 with a trace and a parent that are not zero.
bool IsTraceparent(absl::string_view text);

// Returns a traceparent of the same trace with a fresh parent; a new, unsampled trace when
// `incoming` is none.
std::string NextTraceparent(absl::string_view incoming);

// Returns the trace's id, 32 digits; "" for what is no traceparent.
std::string TraceId(absl::string_view traceparent);

}  // namespace bitrade::rpc
