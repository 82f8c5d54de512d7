#include "tests/eid-sim/oidc/json_members.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace bitrade::eidsim::oidc {

std::string JsonText(absl::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

std::string JsonArray(const std::vector<std::string>& values) {
  return absl::StrCat("[", absl::StrJoin(values, ","), "]");
}

std::string JsonTexts(const std::vector<std::string>& texts) {
  return absl::StrCat("[",
                      absl::StrJoin(texts, ",",
                                    [](std::string* out, const std::string& text) {
                                      absl::StrAppend(out, JsonText(text));
                                    }),
                      "]");
}

JsonMembers& JsonMembers::Text(absl::string_view name, absl::string_view value) {
  return Json(name, JsonText(value));
}

JsonMembers& JsonMembers::Number(absl::string_view name, int64_t value) {
  return Json(name, absl::StrCat(value));
}

JsonMembers& JsonMembers::Flag(absl::string_view name, bool value) {
  return Json(name, value ? "true" : "false");
}

JsonMembers& JsonMembers::Json(absl::string_view name, std::string value) {
  const auto member = std::find_if(members_.begin(), members_.end(),
                                   [&](const auto& known) { return known.first == name; });
  if (member != members_.end()) {
    member->second = std::move(value);
  } else {
    members_.emplace_back(name, std::move(value));
  }
  return *this;
}

JsonMembers& JsonMembers::OptionalText(absl::string_view name, absl::string_view value) {
  return value.empty() ? *this : Text(name, value);
}

void JsonMembers::Repeat(absl::string_view name, std::string json) {
  members_.emplace_back(name, std::move(json));
}

void JsonMembers::Remove(absl::string_view name) {
  std::erase_if(members_, [&](const auto& member) { return member.first == name; });
}

std::string JsonMembers::Find(absl::string_view name) const {
  for (const auto& [known, json] : members_) {
    if (known == name) return json;
  }
  return "";
}

std::string JsonMembers::Object() const {
  return absl::StrCat("{",
                      absl::StrJoin(members_, ",",
                                    [](std::string* out, const auto& member) {
                                      absl::StrAppend(out, JsonText(member.first), ":",
                                                      member.second);
                                    }),
                      "}");
}

}  // namespace bitrade::eidsim::oidc
