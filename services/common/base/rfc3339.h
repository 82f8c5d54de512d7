// Instants as text. What logs, statements and answers are full of: a general formatter of times
// costs twenty times as much.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade {

// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z, in seconds since 1970: between them RFC 3339 has a
// text, and google.protobuf.Timestamp a value.
inline constexpr int64_t kFirstRfc3339Second = -62'135'596'800;
inline constexpr int64_t kLastRfc3339Second = 253'402'300'799;

enum class Decimals {
  kWhereNeeded,  // none for a whole second
  kAlways
};

// An instant in UTC with "Z" (RFC 3339), with six decimals where there are microseconds, or always.
class Rfc3339 {
 public:
  // In the years 1 to 9999; `nanos` from 0 to 999 999 999; what is below a microsecond is dropped.
  Rfc3339(int64_t seconds_since_1970, int32_t nanos, Decimals decimals = Decimals::kWhereNeeded);
  // In the years 1 to 9999.
  Rfc3339(absl::Time time, Decimals decimals);

  absl::string_view text() const { return {text_, size_}; }

 private:
  char text_[sizeof "2026-03-02T12:00:00.000000Z" - 1];
  size_t size_;
};

}  // namespace bitrade
