#include "gateway/handlers/byte_range.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace bitrade::gateway {
namespace {

std::optional<int64_t> ParseNumber(absl::string_view digits) {
  const bool is_number =
      !digits.empty() && std::all_of(digits.begin(), digits.end(),
                                     [](unsigned char c) { return absl::ascii_isdigit(c); });
  if (!is_number) return std::nullopt;
  int64_t number = 0;
  return absl::SimpleAtoi(digits, &number) ? number : INT64_MAX;
}

// The last so many bytes; of none there is none anywhere.
AskedRange Suffix(int64_t count) { return {count == 0 ? INT64_MAX : -count, 0}; }

}  // namespace

std::optional<AskedRange> ParseRange(absl::string_view range) {
  constexpr absl::string_view kUnit = "bytes=";
  if (!absl::StartsWithIgnoreCase(range, kUnit)) return std::nullopt;
  range = absl::StripAsciiWhitespace(range.substr(kUnit.size()));
  if (!absl::StrContains(range, '-')) return std::nullopt;
  const std::pair<absl::string_view, absl::string_view> ends =
      absl::StrSplit(range, absl::MaxSplits('-', 1));
  const std::optional<int64_t> first = ParseNumber(ends.first);
  const std::optional<int64_t> last = ParseNumber(ends.second);
  if (ends.first.empty()) return last ? std::optional(Suffix(*last)) : std::nullopt;
  if (!first) return std::nullopt;
  if (ends.second.empty()) return AskedRange{*first, 0};
  if (!last || *last < *first) return std::nullopt;
  return AskedRange{*first, *last - *first == INT64_MAX ? 0 : *last - *first + 1};
}

}  // namespace bitrade::gateway
