#include "gateway/openapi/examples.h"

#include <algorithm>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "bitrade/options/v1/options.pb.h"
#include "gateway/openapi/shapes.h"
#include "gateway/transcoding/scalars.h"

namespace bitrade::openapi {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;

constexpr char kId[] = "0190f5a2-7c3e-7b1d-8f00-0123456789ab";

Tree TextExample(const FieldDescriptor& field) {
  const std::string format = FormatOf(field);
  if (format == "uuid") return kId;
  if (format == "date" || absl::EndsWith(field.name(), "_date")) return "2026-03-02";
  if (format == "date-time") return "2026-03-02T09:00:00Z";
  if (format == "uri") return "https://bitrade.example/";
  if (field.name() == "etag") return "1";
  if (field.name() == "cursor") return absl::WebSafeBase64Escape(kId);
  return "text";
}

Tree ScalarExample(const FieldDescriptor& field) {
  const std::string& example = field.options().GetExtension(options::v1::example);
  if (!example.empty()) return Tree::FromJson(example);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return Tree::Bool(false);
    case FieldDescriptor::CPPTYPE_ENUM:
      return field.enum_type()->value(std::min(1, field.enum_type()->value_count() - 1))->name();
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT64:
      return "1";
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.type() == FieldDescriptor::TYPE_BYTES) return "AQI=";
      return TextExample(field);
    default:
      return Tree::Integer(field.name() == "limit" ? 20 : 1);
  }
}

Tree LinkExample(const std::string& href, const std::string& rel) {
  return Tree::Object({{"href", href}, {"rel", rel}, {"method", "GET"}});
}

Tree MetaExample() {
  return Tree::Object({{"totalRecords", Tree::Integer(1)},
                       {"page", Tree::Integer(1)},
                       {"limit", Tree::Integer(20)},
                       {"count", Tree::Integer(1)}});
}

void AddLinks(const Descriptor& type, Tree& example) {
  const std::string& path = type.options().GetExtension(options::v1::resource_path);
  if (path.empty()) return;
  std::string href = path;
  if (const size_t open = href.find('{'); open != std::string::npos) {
    href.replace(open, href.find('}') - open + 1, kId);
  }
  example["_links"]["self"] = LinkExample(href, "self");
}

}  // namespace

Tree ExampleOf(const FieldDescriptor& field, Direction direction) {
  const bool is_object = gateway::IsObjectField(field);
  Tree one = is_object ? ExampleOf(*field.message_type(), direction)
             : gateway::IsTimestamp(field.message_type()) &&
                     field.options().GetExtension(options::v1::example).empty()
                 ? TextExample(field)
                 : ScalarExample(field);
  if (!field.is_repeated() || one.kind() == Tree::Kind::kList) return one;
  return Tree::List({std::move(one)});
}

Tree ExampleOf(const Descriptor& type, Direction direction,
               const std::vector<const FieldDescriptor*>& omitted) {
  Tree example;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const bool read_only = field.options().GetExtension(options::v1::output_only);
    if (read_only && direction == Direction::kRequest) continue;
    if (!IsMember(field) || field.message_type() == &type) continue;
    if (std::find(omitted.begin(), omitted.end(), &field) != omitted.end()) continue;
    example[field.json_name()] = ExampleOf(field, direction);
  }
  if (direction == Direction::kRequest) return example;
  if (IsPage(type)) {
    example["_meta"] = MetaExample();
    example["_links"]["self"] = LinkExample("?limit=20&page=1", "self");
  }
  AddLinks(type, example);
  return example;
}

}  // namespace bitrade::openapi
