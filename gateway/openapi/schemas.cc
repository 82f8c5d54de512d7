#include "gateway/openapi/schemas.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "bitrade/options/v1/options.pb.h"
#include "gateway/openapi/contract.h"
#include "gateway/openapi/examples.h"
#include "gateway/openapi/shapes.h"
#include "gateway/transcoding/scalars.h"

namespace bitrade::openapi {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::FieldDescriptor;

Tree EnumSchema(const EnumDescriptor& type, std::string& description) {
  Tree names = Tree::List();
  for (int i = 0; i < type.value_count(); ++i) {
    names.Add(type.value(i)->name());
    const std::string comment = CommentOf(*type.value(i)).text;
    if (comment.empty()) continue;
    absl::StrAppend(&description, description.empty() ? "" : "\n", "* `", type.value(i)->name(),
                    "`: ", comment);
  }
  return Tree::Object({{"type", "string"}, {"enum", std::move(names)}});
}

Tree TextSchema(const FieldDescriptor& field) {
  Tree schema = Tree::Object({{"type", "string"}});
  if (field.type() == FieldDescriptor::TYPE_BYTES) schema["contentEncoding"] = "base64";
  const std::string format = FormatOf(field);
  if (!format.empty()) schema["format"] = format;
  return schema;
}

Tree NumberSchema(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return Tree::Object({{"type", "integer"}, {"format", "int32"}});
    case FieldDescriptor::CPPTYPE_UINT32:
      return Tree::Object({{"type", "integer"}, {"minimum", Tree::Integer(0)}});
    case FieldDescriptor::CPPTYPE_INT64:
      return Tree::Object({{"type", "string"}, {"format", "int64"}, {"pattern", "^-?[0-9]+$"}});
    case FieldDescriptor::CPPTYPE_UINT64:
      return Tree::Object({{"type", "string"}, {"format", "uint64"}, {"pattern", "^[0-9]+$"}});
    default:
      return Tree::Object({{"type", "number"}});
  }
}

Tree ScalarSchema(const FieldDescriptor& field, std::string& description) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumSchema(*field.enum_type(), description);
    case FieldDescriptor::CPPTYPE_BOOL:
      return Tree::Object({{"type", "boolean"}});
    case FieldDescriptor::CPPTYPE_STRING:
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return TextSchema(field);
    default:
      return NumberSchema(field);
  }
}

bool Contains(const std::vector<const FieldDescriptor*>& fields, const FieldDescriptor* field) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

Tree LinksSchema() {
  return Tree::Object(
      {{"type", "object"},
       {"readOnly", Tree::Bool(true)},
       {"description", "What can be done next, by relation."},
       {"additionalProperties", Tree::Object({{"$ref", "#/components/schemas/Link"}})}});
}

}  // namespace

Tree Schemas::OfField(const FieldDescriptor& field) {
  std::string description = DescriptionOf(field);
  Tree schema = gateway::IsObjectField(field) ? Reference(*field.message_type())
                                              : ScalarSchema(field, description);
  if (field.is_repeated()) schema = Tree::Object({{"type", "array"}, {"items", std::move(schema)}});
  if (!description.empty()) schema["description"] = description;
  if (field.options().GetExtension(options::v1::output_only)) schema["readOnly"] = Tree::Bool(true);
  if (!gateway::IsObjectField(field)) {
    schema["examples"] = Tree::List({ExampleOf(field, Direction::kAnswer)});
  }
  return schema;
}

Tree Schemas::OfAnswer(const Descriptor& type) { return Reference(type); }

Tree Schemas::OfBody(const Descriptor& type, const Fields& omitted) {
  const std::string name = NameOf(type);
  if (sent_.insert(&type).second) {
    for (int i = 0; i < type.field_count(); ++i) {
      if (gateway::IsObjectField(*type.field(i)) && !Contains(omitted, type.field(i))) {
        OfBody(*type.field(i)->message_type());
      }
    }
    schemas_[name] = Object(type, omitted);
  }
  return Tree::Object({{"$ref", absl::StrCat("#/components/schemas/", name)}});
}

Tree Schemas::Reference(const Descriptor& type) {
  const std::string name = NameOf(type);
  if (schemas_.emplace(name, Tree()).second) schemas_[name] = Object(type, {});
  return Tree::Object({{"$ref", absl::StrCat("#/components/schemas/", name)}});
}

// The short name; a second one gets the name of its service in front.
std::string Schemas::NameOf(const Descriptor& type) {
  const auto known = names_.find(&type);
  if (known != names_.end()) return known->second;
  std::string name = type.name();
  const bool taken = std::any_of(names_.begin(), names_.end(),
                                 [&](const auto& other) { return other.second == name; });
  if (taken) {
    const std::vector<std::string> package = absl::StrSplit(type.file()->package(), '.');
    name = absl::StrCat(package.at(1), type.name());
    name[0] = absl::ascii_toupper(name[0]);
  }
  return names_[&type] = name;
}

Tree Schemas::Object(const Descriptor& type, const Fields& omitted) {
  const bool is_sent = sent_.count(&type) > 0;
  Tree schema = Tree::Object({{"type", "object"}});
  const std::string description = CommentOf(type).text;
  if (!description.empty()) schema["description"] = description;
  Tree properties, required = Tree::List();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (!IsMember(field) || Contains(omitted, &field)) continue;
    properties[field.json_name()] = OfField(field);
    const bool is_required =
        is_sent ? field.options().GetExtension(options::v1::required) : !field.has_presence();
    if (is_required) required.Add(field.json_name());
  }
  AddAnswerMembers(type, properties);
  if (!required.empty()) schema["required"] = std::move(required);
  if (!properties.empty()) schema["properties"] = std::move(properties);
  if (is_sent) schema["additionalProperties"] = Tree::Bool(false);
  return schema;
}

void Schemas::AddAnswerMembers(const Descriptor& type, Tree& properties) {
  const bool is_resource = !type.options().GetExtension(options::v1::resource_path).empty();
  if (IsPage(type)) {
    properties["_meta"] = Tree::Object({{"$ref", "#/components/schemas/PageMeta"}});
  }
  if (is_resource || IsPage(type)) properties["_links"] = LinksSchema();
}

Tree Schemas::Components() const {
  Tree components;
  for (const auto& [name, schema] : schemas_) components[name] = schema;
  return components;
}

}  // namespace bitrade::openapi
