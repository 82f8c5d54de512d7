// Entity tags, and the conditions of a read.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::gateway {

// Returns a strong tag, in quotation marks, that changes when a byte of `body` does.
std::string EtagOfBytes(absl::string_view body);

// Tells whether `If-None-Match` names `etag`, by the weak comparison (RFC 9110 section 13.1.2).
bool Matches(absl::string_view if_none_match, absl::string_view etag);

}  // namespace bitrade::gateway
