#include "gateway/openapi/tree.h"

#include <rapidjson/document.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace bitrade::openapi {
namespace {

std::string Literal(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string Quoted(absl::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

using PrettyJson = rapidjson::PrettyWriter<rapidjson::StringBuffer>;

void WriteJson(const Tree& tree, PrettyJson& json) {
  const std::string& text = tree.text();
  const auto size = static_cast<rapidjson::SizeType>(text.size());
  switch (tree.kind()) {
    case Tree::Kind::kText:
      json.String(text.data(), size);
      return;
    case Tree::Kind::kList:
      json.StartArray();
      for (const Tree& item : tree.items()) WriteJson(item, json);
      json.EndArray();
      return;
    case Tree::Kind::kObject:
      json.StartObject();
      for (const auto& [name, member] : tree.members()) {
        json.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
        WriteJson(member, json);
      }
      json.EndObject();
      return;
    default:
      json.RawValue(text.data(), text.size(), rapidjson::kNumberType);
  }
}

// Names that need no quotation marks; short ones could be a truth value of YAML 1.1 ("no").
std::string YamlKey(const std::string& name) {
  bool plain = name.size() > 3 && name != "true" && name != "null" && name != "false";
  for (const char c : name) plain = plain && (absl::ascii_isalpha(c) || c == '_');
  return plain ? name : Quoted(name);
}

void WriteYaml(const Tree& tree, size_t indent, std::string& yaml);

// What follows "name:" or "-": on the same line where it is short, else below.
void WriteYamlValue(const Tree& tree, size_t indent, std::string& yaml) {
  const bool nested = tree.kind() == Tree::Kind::kList || tree.kind() == Tree::Kind::kObject;
  if (nested && !tree.empty()) {
    yaml += "\n";
    WriteYaml(tree, indent, yaml);
    return;
  }
  yaml += " ";
  if (nested) {
    yaml += tree.kind() == Tree::Kind::kList ? "[]" : "{}";
  } else {
    yaml += tree.kind() == Tree::Kind::kText ? Quoted(tree.text()) : tree.text();
  }
  yaml += "\n";
}

void WriteYaml(const Tree& tree, size_t indent, std::string& yaml) {
  const std::string margin(indent, ' ');
  for (const Tree& item : tree.items()) {
    absl::StrAppend(&yaml, margin, "-");
    WriteYamlValue(item, indent + 2, yaml);
  }
  for (const auto& [name, member] : tree.members()) {
    absl::StrAppend(&yaml, margin, YamlKey(name), ":");
    WriteYamlValue(member, indent + 2, yaml);
  }
}

Tree FromValue(const rapidjson::Value& value) {
  if (value.IsString()) return absl::string_view(value.GetString(), value.GetStringLength());
  if (value.IsArray()) {
    Tree list = Tree::List();
    for (const auto& item : value.GetArray()) list.Add(FromValue(item));
    return list;
  }
  if (!value.IsObject()) return Tree::FromJson(Literal(value));
  Tree object;
  for (const auto& member : value.GetObject()) {
    object[member.name.GetString()] = FromValue(member.value);
  }
  return object;
}

}  // namespace

Tree Tree::List(std::vector<Tree> items) {
  Tree list(Kind::kList, "");
  list.items_ = std::move(items);
  return list;
}

Tree Tree::Object(std::vector<std::pair<std::string, Tree>> members) {
  Tree object;
  object.members_ = std::move(members);
  return object;
}

Tree Tree::FromJson(absl::string_view json) {
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  if (document.HasParseError() || document.IsNull()) return {Kind::kNull, "null"};
  if (document.IsNumber()) return {Kind::kNumber, Literal(document)};
  if (document.IsBool()) return Bool(document.GetBool());
  return FromValue(document);
}

Tree& Tree::operator[](absl::string_view name) {
  for (auto& [key, member] : members_) {
    if (key == name) return member;
  }
  return members_.emplace_back(std::string(name), Tree()).second;
}

bool Tree::Has(absl::string_view name) const {
  for (const auto& [key, member] : members_) {
    if (key == name) return true;
  }
  return false;
}

std::string ToJson(const Tree& tree) {
  rapidjson::StringBuffer buffer;
  PrettyJson json(buffer);
  json.SetIndent(' ', 2);
  WriteJson(tree, json);
  return absl::StrCat(absl::string_view(buffer.GetString(), buffer.GetSize()), "\n");
}

std::string ToYaml(const Tree& tree) {
  std::string yaml;
  WriteYaml(tree, 0, yaml);
  return yaml;
}

}  // namespace bitrade::openapi
