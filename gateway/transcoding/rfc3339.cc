#include "gateway/transcoding/rfc3339.h"

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

namespace bitrade::gateway {

std::string FormatRfc3339(int64_t seconds_since_1970, int32_t nanos) {
  const absl::CivilSecond second = absl::CivilSecond(1970, 1, 1) + seconds_since_1970;
  std::string text = absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02d", second.year(), second.month(),
                                     second.day(), second.hour(), second.minute(), second.second());
  if (const int32_t micros = nanos / 1000; micros != 0)
    absl::StrAppendFormat(&text, ".%06d", micros);
  text.push_back('Z');
  return text;
}

}  // namespace bitrade::gateway
