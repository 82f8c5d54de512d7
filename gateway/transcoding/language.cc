#include "gateway/transcoding/language.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace bitrade::gateway {
namespace {

// "en-GB;q=0.8" as its range and its weight; a weight that is none counts as nothing.
std::pair<absl::string_view, double> RangeAndWeight(absl::string_view item) {
  const std::pair<absl::string_view, absl::string_view> halves =
      absl::StrSplit(item, absl::MaxSplits(';', 1));
  absl::string_view parameter = absl::StripAsciiWhitespace(halves.second);
  double weight = 1;
  if (!parameter.empty() && (!absl::StartsWithIgnoreCase(parameter, "q=") ||
                             !absl::SimpleAtod(parameter.substr(2), &weight))) {
    weight = 0;
  }
  return {absl::StripAsciiWhitespace(halves.first), weight};
}

bool IsIn(absl::string_view range, absl::string_view language) {
  return absl::StartsWithIgnoreCase(range, language) &&
         (range.size() == language.size() || range[language.size()] == '-');
}

}  // namespace

Language ChooseLanguage(absl::string_view accept_language) {
  Language chosen = Language::kSwedish;
  double best = 0;
  for (const absl::string_view item : absl::StrSplit(accept_language, ',')) {
    const auto [range, weight] = RangeAndWeight(item);
    if (!(weight > best)) continue;
    if (IsIn(range, "sv") || range == "*") {
      chosen = Language::kSwedish;
    } else if (IsIn(range, "en")) {
      chosen = Language::kEnglish;
    } else {
      continue;
    }
    best = weight;
  }
  return chosen;
}

const char* LanguageTag(Language language) { return language == Language::kSwedish ? "sv" : "en"; }

}  // namespace bitrade::gateway
