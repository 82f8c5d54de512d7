// Instants as text.
#pragma once

#include <cstdint>
#include <string>

namespace bitrade::gateway {

// Returns an instant in UTC with "Z" (RFC 3339), with six decimals where there are microseconds.
// `nanos` from 0 to 999 999 999; what is below a microsecond is dropped.
std::string FormatRfc3339(int64_t seconds_since_1970, int32_t nanos);

}  // namespace bitrade::gateway
