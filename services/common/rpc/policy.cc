#include "services/common/rpc/policy.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"

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

// A member that we do not know may be a condition: a rule that was read without it would allow too
// much.
absl::Status HoldsOnly(const rapidjson::Value& object,
                       std::initializer_list<absl::string_view> names) {
  for (const auto& member : object.GetObject()) {
    const absl::string_view name(member.name.GetString());
    if (std::find(names.begin(), names.end(), name) == names.end())
      return absl::InvalidArgumentError(absl::StrCat("a rule has an unknown member ", name));
  }
  return absl::OkStatus();
}

// The texts of rule[object][list].
absl::StatusOr<std::vector<std::string>> Texts(const rapidjson::Value& rule, const char* object,
                                               const char* list) {
  if (!rule.IsObject() || !rule.HasMember(object) || !rule[object].IsObject() ||
      !rule[object].HasMember(list) || !rule[object][list].IsArray()) {
    return absl::InvalidArgumentError(absl::StrCat("a rule has no ", object, ".", list));
  }
  RETURN_IF_ERROR(HoldsOnly(rule, {"name", "source", "request"}));
  RETURN_IF_ERROR(HoldsOnly(rule[object], {list}));
  std::vector<std::string> texts;
  for (const auto& text : rule[object][list].GetArray()) {
    if (!text.IsString())
      return absl::InvalidArgumentError(absl::StrCat(list, " holds something else than texts"));
    texts.emplace_back(text.GetString());
  }
  return texts;
}

}  // namespace

bool Policy::Rule::Matches(absl::string_view spiffe_id, absl::string_view path) const {
  return MatchesAny(principals, spiffe_id) && MatchesAny(paths, path);
}

absl::StatusOr<std::vector<Policy::Rule>> Policy::Rules(const void* json_rules) {
  std::vector<Rule> rules;
  for (const auto& json : static_cast<const rapidjson::Value*>(json_rules)->GetArray()) {
    Rule rule;
    ASSIGN_OR_RETURN(rule.principals, Texts(json, "source", "principals"));
    ASSIGN_OR_RETURN(rule.paths, Texts(json, "request", "paths"));
    rules.push_back(std::move(rule));
  }
  return rules;
}

absl::StatusOr<Policy> Policy::Parse(const std::string& json) {
  rapidjson::Document document;
  document.Parse(json.c_str());
  if (document.HasParseError() || !document.IsObject()) {
    return absl::InvalidArgumentError("the policy is not a JSON object");
  }
  Policy policy;
  for (const auto& member : document.GetObject()) {
    const absl::string_view name(member.name.GetString());
    if (name == "name") continue;
    if ((name != "deny_rules" && name != "allow_rules") || !member.value.IsArray()) {
      return absl::InvalidArgumentError(absl::StrCat("the policy has an unknown member ", name));
    }
    ASSIGN_OR_RETURN((name == "deny_rules" ? policy.deny_ : policy.allow_), Rules(&member.value));
  }
  return policy;
}

absl::StatusOr<Policy> Policy::Load(const std::string& file) {
  std::ifstream in(file);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot read the policy ", file));
  std::stringstream text;
  text << in.rdbuf();
  return Parse(text.str());
}

bool Policy::Allows(absl::string_view spiffe_id, absl::string_view path) const {
  const auto matches = [&](const Rule& rule) { return rule.Matches(spiffe_id, path); };
  return std::none_of(deny_.begin(), deny_.end(), matches) &&
         std::any_of(allow_.begin(), allow_.end(), matches);
}

}  // namespace bitrade::rpc
