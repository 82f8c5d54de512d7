#include "services/identity/oidc/json_object.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity::oidc {
namespace {

// What tokens and documents of providers have is four deep.
constexpr int kMaxDepth = 8;
// The year 9999: what lies beyond is no instant of anybody's.
constexpr double kLastSecond = 253402300799;

absl::string_view View(const rapidjson::Value& text) {
  return {text.GetString(), text.GetStringLength()};
}

std::string Copy(const rapidjson::Value& text) { return std::string(View(text)); }

bool HasMemberTwice(const rapidjson::Value& object) {
  std::vector<absl::string_view> names;
  names.reserve(object.MemberCount());
  for (const auto& member : object.GetObject()) names.push_back(View(member.name));
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

bool IsSound(const rapidjson::Value& value, int depth) {
  if (!value.IsObject() && !value.IsArray()) return true;
  if (depth > kMaxDepth) return false;
  const auto is_sound = [depth](const rapidjson::Value& inner) {
    return IsSound(inner, depth + 1);
  };
  if (value.IsArray()) return std::all_of(value.Begin(), value.End(), is_sound);
  return !HasMemberTwice(value) &&
         std::all_of(value.MemberBegin(), value.MemberEnd(),
                     [&](const auto& member) { return is_sound(member.value); });
}

}  // namespace

absl::StatusOr<JsonObject> JsonObject::Parse(absl::string_view json) {
  // RapidJSON takes a NUL for the end, whatever follows.
  if (absl::StrContains(json, '\0')) return Refused(Fault::kForm);
  auto document = std::make_shared<rapidjson::Document>();
  document->Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag>(
      json.data(), json.size());
  if (document->HasParseError() || !document->IsObject() || !IsSound(*document, 1)) {
    return Refused(Fault::kForm);
  }
  const rapidjson::Value& object = *document;
  return JsonObject(std::move(document), object);
}

const rapidjson::Value* JsonObject::Find(absl::string_view name) const {
  const rapidjson::Value key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  const auto member = object_->FindMember(key);
  return member == object_->MemberEnd() ? nullptr : &member->value;
}

std::string JsonObject::Text(absl::string_view name) const {
  const rapidjson::Value* const value = Find(name);
  return value != nullptr && value->IsString() ? Copy(*value) : "";
}

std::vector<std::string> JsonObject::Texts(absl::string_view name) const {
  const rapidjson::Value* const value = Find(name);
  if (value == nullptr) return {};
  if (value->IsString()) return {Copy(*value)};
  if (!value->IsArray()) return {};
  std::vector<std::string> texts;
  for (const rapidjson::Value& text : value->GetArray()) {
    if (!text.IsString()) return {};
    texts.push_back(Copy(text));
  }
  return texts;
}

std::optional<absl::Time> JsonObject::Time(absl::string_view name) const {
  const rapidjson::Value* const value = Find(name);
  if (value == nullptr || !value->IsNumber()) return std::nullopt;
  const double seconds = value->GetDouble();
  if (!(seconds >= 0 && seconds <= kLastSecond)) return std::nullopt;
  return absl::UnixEpoch() + absl::Seconds(seconds);
}

bool JsonObject::IsTrue(absl::string_view name) const {
  const rapidjson::Value* const value = Find(name);
  return value != nullptr && value->IsTrue();
}

std::optional<JsonObject> JsonObject::Object(absl::string_view name) const {
  const rapidjson::Value* const value = Find(name);
  if (value == nullptr || !value->IsObject()) return std::nullopt;
  return JsonObject(document_, *value);
}

std::optional<std::vector<JsonObject>> JsonObject::Objects(absl::string_view name) const {
  const rapidjson::Value* const value = Find(name);
  if (value == nullptr || !value->IsArray()) return std::nullopt;
  std::vector<JsonObject> objects;
  for (const rapidjson::Value& object : value->GetArray()) {
    if (!object.IsObject()) return std::nullopt;
    objects.push_back(JsonObject(document_, object));
  }
  return objects;
}

}  // namespace bitrade::identity::oidc
