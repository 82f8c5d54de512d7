#include "gateway/pipeline/accept.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace bitrade::gateway {
namespace {

// Of the ranges that hold JSON, the more exact one decides.
int ExactnessOf(absl::string_view range) {
  if (range == "*/*") return 1;
  if (absl::EqualsIgnoreCase(range, "application/*")) return 2;
  return absl::EqualsIgnoreCase(range, "application/json") ? 3 : 0;
}

// A quality of zero, in any of its spellings.
bool IsRefused(absl::string_view parameters) {
  for (absl::string_view parameter : absl::StrSplit(parameters, ';')) {
    parameter = absl::StripAsciiWhitespace(parameter);
    if (!absl::StartsWithIgnoreCase(parameter, "q=")) continue;
    return parameter.find_first_not_of("0.", 2) == absl::string_view::npos;
  }
  return false;
}

}  // namespace

bool AcceptsJson(absl::string_view accept) {
  if (absl::StripAsciiWhitespace(accept).empty()) return true;
  int best = 0;
  bool allowed = false;
  for (const absl::string_view entry : absl::StrSplit(accept, ',')) {
    const std::pair<absl::string_view, absl::string_view> halves =
        absl::StrSplit(entry, absl::MaxSplits(';', 1));
    const int exactness = ExactnessOf(absl::StripAsciiWhitespace(halves.first));
    if (exactness <= best) continue;
    best = exactness;
    allowed = !IsRefused(halves.second);
  }
  return allowed;
}

}  // namespace bitrade::gateway
