#include "gateway/transcoding/rfc3339.h"

#include <cstddef>
#include <utility>

#include "absl/time/civil_time.h"

namespace bitrade::gateway {
namespace {

// Appends `value` in `width` digits. A page has dozens of instants: this is a tenth of StrFormat.
void AppendDigits(int64_t value, int width, std::string& text) {
  const size_t end = text.size() + static_cast<size_t>(width);
  text.resize(end, '0');
  for (size_t at = end; value > 0 && at > end - static_cast<size_t>(width); value /= 10) {
    text[--at] = static_cast<char>('0' + value % 10);
  }
}

}  // namespace

std::string FormatRfc3339(int64_t seconds_since_1970, int32_t nanos) {
  const absl::CivilSecond second = absl::CivilSecond(1970, 1, 1) + seconds_since_1970;
  std::string text;
  text.reserve(sizeof "2026-03-02T12:00:00.000000Z");
  AppendDigits(second.year(), 4, text);
  const std::pair<char, int> parts[] = {{'-', second.month()},
                                        {'-', second.day()},
                                        {'T', second.hour()},
                                        {':', second.minute()},
                                        {':', second.second()}};
  for (const auto& [separator, value] : parts) {
    text.push_back(separator);
    AppendDigits(value, 2, text);
  }
  if (const int32_t micros = nanos / 1000; micros != 0) {
    text.push_back('.');
    AppendDigits(micros, 6, text);
  }
  text.push_back('Z');
  return text;
}

}  // namespace bitrade::gateway
