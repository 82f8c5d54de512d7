// The file's form, read strictly.
#include <rapidjson/document.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/digest.h"
#include "services/common/rpc/policy.h"

namespace bitrade::rpc {
namespace {

using Json = rapidjson::Value;
using Names = std::initializer_list<absl::string_view>;

template <typename... Parts>
absl::Status Fault(const Parts&... parts) {
  return absl::InvalidArgumentError(absl::StrCat("the policy is refused: ", parts...));
}

bool Holds(Names names, absl::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// An object with all of `required`, some of `optional`, each once, and nothing else.
absl::Status CheckMembers(const Json& json, absl::string_view what, Names required,
                          Names optional = {}) {
  if (!json.IsObject()) return Fault(what, " is no object");
  std::set<absl::string_view> seen;
  for (const auto& member : json.GetObject()) {
    const absl::string_view name(member.name.GetString(), member.name.GetStringLength());
    if (!Holds(required, name) && !Holds(optional, name)) {
      return Fault(what, " has an unknown member ", name);
    }
    if (!seen.insert(name).second) return Fault(what, " has ", name, " twice");
  }
  for (const absl::string_view name : required) {
    if (seen.count(name) == 0) return Fault(what, " has no ", name);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Text(const Json& json, absl::string_view what) {
  if (!json.IsString() || json.GetStringLength() == 0) return Fault(what, " is no text");
  return std::string(json.GetString(), json.GetStringLength());
}

absl::StatusOr<std::vector<std::string>> Texts(const Json& json, absl::string_view what) {
  if (!json.IsArray() || json.Empty()) return Fault(what, " are no texts");
  std::vector<std::string> texts;
  for (const auto& element : json.GetArray()) {
    ASSIGN_OR_RETURN(texts.emplace_back(), Text(element, what));
  }
  return texts;
}

// `*` is the first character or the last, or is not there.
absl::StatusOr<std::vector<std::string>> Patterns(const Json& json, absl::string_view what) {
  ASSIGN_OR_RETURN(std::vector<std::string> patterns, Texts(json, what));
  for (const std::string& pattern : patterns) {
    const size_t star = pattern.find('*');
    if (star == std::string::npos) continue;
    const bool at_an_end = star == 0 || star == pattern.size() - 1;
    if (!at_an_end || star != pattern.rfind('*')) return Fault(what, ": misplaced * in ", pattern);
  }
  return patterns;
}

absl::StatusOr<std::vector<std::string>> Codes(const Json& json, absl::string_view what) {
  ASSIGN_OR_RETURN(std::vector<std::string> codes, Texts(json, what));
  for (const std::string& code : codes) {
    if (code != "*" && absl::StrContains(code, '*')) return Fault(what, ": no code: ", code);
  }
  return codes;
}

absl::StatusOr<Reach> ReachOf(const Json& json) {
  RETURN_IF_ERROR(CheckMembers(json, "reach", {"authorities", "categories"}));
  Reach reach;
  ASSIGN_OR_RETURN(reach.authorities, Codes(json["authorities"], "authorities"));
  ASSIGN_OR_RETURN(reach.categories, Codes(json["categories"], "categories"));
  return reach;
}

absl::StatusOr<PolicyRule> RuleOf(const Json& json, Names optional) {
  RETURN_IF_ERROR(CheckMembers(json, "a rule", {"name", "source", "request"}, optional));
  RETURN_IF_ERROR(CheckMembers(json["source"], "source", {"principals"}));
  RETURN_IF_ERROR(CheckMembers(json["request"], "request", {"paths"}));
  PolicyRule rule;
  ASSIGN_OR_RETURN(rule.name, Text(json["name"], "a rule's name"));
  ASSIGN_OR_RETURN(rule.principals, Patterns(json["source"]["principals"], "principals"));
  ASSIGN_OR_RETURN(rule.paths, Patterns(json["request"]["paths"], "paths"));
  if (json.HasMember("reach")) {
    ASSIGN_OR_RETURN(rule.reach, ReachOf(json["reach"]));
  }
  return rule;
}

absl::StatusOr<std::vector<PolicyRule>> RulesOf(const Json& policy, const char* list,
                                                Names optional) {
  std::vector<PolicyRule> rules;
  if (!policy.HasMember(list)) return rules;
  if (!policy[list].IsArray()) return Fault(list, " are no rules");
  for (const auto& json : policy[list].GetArray()) {
    ASSIGN_OR_RETURN(rules.emplace_back(), RuleOf(json, optional));
  }
  return rules;
}

bool NamesCaseSystem(const std::string& principal) {
  return absl::StrContains(principal, "/case-system/");
}

// Whoever touches the agency's matters is named in full, once, with what may be touched.
absl::Status CheckReaches(const std::vector<PolicyRule>& allow) {
  std::set<std::string> named;
  for (const PolicyRule& rule : allow) {
    for (const std::string& principal : rule.principals) {
      if (NamesCaseSystem(principal) != rule.reach.has_value()) {
        return Fault("a reach is a case system's, and every case system has one: ", rule.name);
      }
      if (!rule.reach) continue;
      if (absl::StrContains(principal, '*')) return Fault("a case system in part: ", principal);
      if (!named.insert(principal).second) return Fault("a case system twice: ", principal);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Policy> Policy::Parse(const std::string& json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(json.data(), json.size());
  if (document.HasParseError()) return Fault("it is no JSON");
  RETURN_IF_ERROR(CheckMembers(document, "the policy", {"name", "allow_rules"}, {"deny_rules"}));
  RETURN_IF_ERROR(Text(document["name"], "the policy's name").status());
  ASSIGN_OR_RETURN(std::vector<PolicyRule> deny, RulesOf(document, "deny_rules", {}));
  ASSIGN_OR_RETURN(std::vector<PolicyRule> allow, RulesOf(document, "allow_rules", {"reach"}));
  RETURN_IF_ERROR(CheckReaches(allow));
  return Policy(std::move(deny), std::move(allow), crypto::Sha256Hex(json));
}

}  // namespace bitrade::rpc
