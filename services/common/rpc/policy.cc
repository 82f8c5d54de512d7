#include "services/common/rpc/policy.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace bitrade::rpc {
namespace {

bool MatchesPattern(absl::string_view pattern, absl::string_view text) {
  if (absl::EndsWith(pattern, "*"))
    return absl::StartsWith(text, pattern.substr(0, pattern.size() - 1));
  if (absl::StartsWith(pattern, "*")) return absl::EndsWith(text, pattern.substr(1));
  return pattern == text;
}

bool MatchesAny(const std::vector<std::string>& patterns, absl::string_view text) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [text](const std::string& pattern) { return MatchesPattern(pattern, text); });
}

}  // namespace

bool PolicyRule::Matches(absl::string_view spiffe_id, absl::string_view path) const {
  return MatchesAny(principals, spiffe_id) && MatchesAny(paths, path);
}

absl::StatusOr<Policy> Policy::Load(const std::string& file) {
  std::ifstream in(file);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot read the policy ", file));
  std::stringstream text;
  text << in.rdbuf();
  return Parse(text.str());
}

bool Policy::Allows(absl::string_view spiffe_id, absl::string_view path) const {
  const auto matches = [&](const PolicyRule& rule) { return rule.Matches(spiffe_id, path); };
  return std::none_of(deny_.begin(), deny_.end(), matches) &&
         std::any_of(allow_.begin(), allow_.end(), matches);
}

Reach Policy::ReachOf(absl::string_view spiffe_id) const {
  const auto of_holder = [spiffe_id](const PolicyRule& rule) {
    return rule.reach && MatchesAny(rule.principals, spiffe_id);
  };
  const auto found = std::find_if(allow_.begin(), allow_.end(), of_holder);
  return found == allow_.end() ? Reach() : *found->reach;
}

}  // namespace bitrade::rpc
