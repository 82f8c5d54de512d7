#include "tests/eid-sim/json_object.h"

#include <rapidjson/document.h>

#include <utility>

#include "absl/strings/str_cat.h"

namespace bitrade::eidsim {

struct JsonObject::Node {
  std::shared_ptr<rapidjson::Document> document;
  const rapidjson::Value* value;
  size_t read = 0;  // members that were asked for and there
  std::string fault;

  const rapidjson::Value* Find(const char* name) {
    const auto member = value->FindMember(name);
    if (member == value->MemberEnd()) return nullptr;
    ++read;
    return &member->value;
  }
};

namespace {

std::string Copy(const rapidjson::Value& value) {
  return std::string(value.GetString(), value.GetStringLength());
}

}  // namespace

absl::StatusOr<JsonObject> JsonObject::Parse(absl::string_view text) {
  const auto document = std::make_shared<rapidjson::Document>();
  document->Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag>(
      text.data(), text.size());
  // RapidJSON passes over a byte order mark.
  if (document->HasParseError() || !document->IsObject() || text.front() == '\xEF') {
    return absl::InvalidArgumentError("Not a JSON object");
  }
  return JsonObject(std::make_shared<Node>(Node{document, document.get(), 0, ""}));
}

std::string JsonObject::Text(const char* name) {
  std::optional<std::string> text = OptionalText(name);
  if (!text) Refuse(name);
  return std::move(text).value_or("");
}

std::optional<std::string> JsonObject::OptionalText(const char* name) {
  const rapidjson::Value* const value = node_->Find(name);
  if (value == nullptr) return std::nullopt;
  if (value->IsString()) return Copy(*value);
  Refuse(name);
  return std::nullopt;
}

std::optional<int64_t> JsonObject::OptionalInteger(const char* name) {
  const rapidjson::Value* const value = node_->Find(name);
  if (value == nullptr) return std::nullopt;
  if (value->IsInt64()) return value->GetInt64();
  Refuse(name);
  return std::nullopt;
}

std::optional<bool> JsonObject::OptionalFlag(const char* name) {
  const rapidjson::Value* const value = node_->Find(name);
  if (value == nullptr) return std::nullopt;
  if (value->IsBool()) return value->GetBool();
  Refuse(name);
  return std::nullopt;
}

std::optional<std::vector<std::string>> JsonObject::OptionalTexts(const char* name) {
  const rapidjson::Value* const value = node_->Find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->IsArray()) {
    Refuse(name);
    return std::nullopt;
  }
  std::vector<std::string> texts;
  for (const rapidjson::Value& item : value->GetArray()) {
    if (item.IsString()) {
      texts.push_back(Copy(item));
    } else {
      Refuse(name);
    }
  }
  return texts;
}

std::optional<std::vector<std::string>> JsonObject::OptionalTextOrTexts(const char* name) {
  const auto member = node_->value->FindMember(name);
  if (member == node_->value->MemberEnd() || !member->value.IsString()) return OptionalTexts(name);
  return std::vector<std::string>{Text(name)};
}

std::vector<JsonObject> JsonObject::OptionalObjects(const char* name) {
  std::vector<JsonObject> objects;
  const rapidjson::Value* const value = node_->Find(name);
  if (value == nullptr) return objects;
  if (!value->IsArray()) {
    Refuse(name);
    return objects;
  }
  for (const rapidjson::Value& item : value->GetArray()) {
    if (item.IsObject()) {
      objects.push_back(JsonObject(std::make_shared<Node>(Node{node_->document, &item, 0, ""})));
    } else {
      Refuse(name);
    }
  }
  return objects;
}

std::optional<JsonObject> JsonObject::OptionalObject(const char* name) {
  const rapidjson::Value* const value = node_->Find(name);
  if (value == nullptr) return std::nullopt;
  if (value->IsObject()) {
    return JsonObject(std::make_shared<Node>(Node{node_->document, value, 0, ""}));
  }
  Refuse(name);
  return std::nullopt;
}

bool JsonObject::empty() const { return node_->value->ObjectEmpty(); }

bool JsonObject::Has(const char* name) const { return node_->value->HasMember(name); }

void JsonObject::Refuse(absl::string_view name) {
  if (node_->fault.empty()) node_->fault = absl::StrCat("Invalid ", name);
}

absl::Status JsonObject::Finish(UnknownMembers unknown) {
  if (!node_->fault.empty()) return absl::InvalidArgumentError(node_->fault);
  if (unknown == UnknownMembers::kRefuse && node_->read != node_->value->MemberCount()) {
    return absl::InvalidArgumentError("Unknown or repeated parameter");
  }
  return absl::OkStatus();
}

}  // namespace bitrade::eidsim
