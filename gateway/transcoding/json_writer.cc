#include "gateway/transcoding/json_writer.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cassert>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gateway/transcoding/json_plan.h"
#include "gateway/transcoding/page.h"
#include "gateway/transcoding/path_template.h"
#include "gateway/transcoding/rfc3339.h"
#include "gateway/transcoding/scalars.h"

namespace bitrade::gateway {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

// The value of a field, or of one element where it is repeated.
template <typename Single, typename Repeated>
auto Get(const Message& message, const FieldDescriptor& field, int index, Single single,
         Repeated repeated) {
  const Reflection& reflection = *message.GetReflection();
  return field.is_repeated() ? (reflection.*repeated)(message, &field, index)
                             : (reflection.*single)(message, &field);
}

std::string HrefOf(const Message& message, const PlannedLink& link) {
  std::string href, scratch;
  for (const PlannedLink::Piece& piece : link.pieces) {
    href += piece.literal;
    if (piece.field == nullptr) continue;
    href +=
        PercentEncode(message.GetReflection()->GetStringReference(message, piece.field, &scratch));
  }
  return href;
}

// One answer on its way into text.
class Writing {
 public:
  explicit Writing(const Asked& asked) : asked_(asked), json_(buffer_) {}

  void Object(const Message& message, const JsonPlan& plan);
  std::string Text() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  void Member(const Message& message, const PlannedField& member);
  void Value(const Message& message, const PlannedField& member, int index);
  void Number(const Message& message, const FieldDescriptor& field, int index);
  void TextValue(const Message& message, const FieldDescriptor& field, int index);
  void Submessage(const Message& message, const PlannedField& member, int index);
  void ResourceLinks(const Message& message, const JsonPlan& plan);
  void Link(const Message& message, const PlannedLink& link);
  void LinkObject(absl::string_view rel, absl::string_view href, absl::string_view verb);
  void PageMembers(const Message& message, const JsonPlan& plan);
  void String(absl::string_view text) {
    json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
  void Key(absl::string_view text) {
    json_.Key(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }

  const Asked& asked_;
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> json_;
  std::string scratch_;
};

void Writing::Number(const Message& message, const FieldDescriptor& field, int index) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      json_.Int(Get(message, field, index, &Reflection::GetInt32, &Reflection::GetRepeatedInt32));
      return;
    case FieldDescriptor::CPPTYPE_UINT32:
      json_.Uint(
          Get(message, field, index, &Reflection::GetUInt32, &Reflection::GetRepeatedUInt32));
      return;
    case FieldDescriptor::CPPTYPE_INT64:
      String(absl::AlphaNum(
                 Get(message, field, index, &Reflection::GetInt64, &Reflection::GetRepeatedInt64))
                 .Piece());
      return;
    case FieldDescriptor::CPPTYPE_UINT64:
      String(absl::AlphaNum(
                 Get(message, field, index, &Reflection::GetUInt64, &Reflection::GetRepeatedUInt64))
                 .Piece());
      return;
    case FieldDescriptor::CPPTYPE_FLOAT:
      json_.Double(static_cast<double>(
          Get(message, field, index, &Reflection::GetFloat, &Reflection::GetRepeatedFloat)));
      return;
    default:
      json_.Double(
          Get(message, field, index, &Reflection::GetDouble, &Reflection::GetRepeatedDouble));
      return;
  }
}

void Writing::TextValue(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  const std::string& text =
      field.is_repeated() ? reflection.GetRepeatedStringReference(message, &field, index, &scratch_)
                          : reflection.GetStringReference(message, &field, &scratch_);
  String(field.type() == FieldDescriptor::TYPE_BYTES ? absl::Base64Escape(text) : text);
}

void Writing::Submessage(const Message& message, const PlannedField& member, int index) {
  const FieldDescriptor& field = *member.field;
  const Reflection& reflection = *message.GetReflection();
  const Message& value = field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, index)
                                             : reflection.GetMessage(message, &field);
  if (!member.is_time) return Object(value, *member.plan);
  const auto* type = value.GetDescriptor();
  String(FormatRfc3339(value.GetReflection()->GetInt64(value, type->FindFieldByNumber(1)),
                       value.GetReflection()->GetInt32(value, type->FindFieldByNumber(2))));
}

void Writing::Value(const Message& message, const PlannedField& member, int index) {
  const FieldDescriptor& field = *member.field;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return TextValue(message, field, index);
    case FieldDescriptor::CPPTYPE_BOOL:
      json_.Bool(Get(message, field, index, &Reflection::GetBool, &Reflection::GetRepeatedBool));
      return;
    case FieldDescriptor::CPPTYPE_ENUM:
      String(
          Get(message, field, index, &Reflection::GetEnum, &Reflection::GetRepeatedEnum)->name());
      return;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Submessage(message, member, index);
    default:
      return Number(message, field, index);
  }
}

void Writing::Member(const Message& message, const PlannedField& member) {
  const Reflection& reflection = *message.GetReflection();
  if (member.field->is_repeated()) {
    Key(member.name);
    json_.StartArray();
    const int size = reflection.FieldSize(message, member.field);
    for (int i = 0; i < size; ++i) Value(message, member, i);
    json_.EndArray();
    return;
  }
  if (member.field->has_presence() && !reflection.HasField(message, member.field)) return;
  Key(member.name);
  Value(message, member, 0);
}

void Writing::Object(const Message& message, const JsonPlan& plan) {
  json_.StartObject();
  for (const PlannedField& member : plan.fields) Member(message, member);
  if (plan.list != nullptr) PageMembers(message, plan);
  if (!plan.self.empty() || plan.transitions != nullptr) ResourceLinks(message, plan);
  json_.EndObject();
}

void Writing::ResourceLinks(const Message& message, const JsonPlan& plan) {
  Key("_links");
  json_.StartObject();
  for (const PlannedLink& self : plan.self) Link(message, self);
  if (plan.transitions != nullptr) {
    const Reflection& reflection = *message.GetReflection();
    const int size = reflection.FieldSize(message, plan.transitions);
    for (int i = 0; i < size; ++i) {
      const auto found =
          plan.transition_links.find(reflection.GetRepeatedString(message, plan.transitions, i));
      if (found != plan.transition_links.end()) Link(message, found->second);
    }
  }
  json_.EndObject();
}

void Writing::Link(const Message& message, const PlannedLink& link) {
  LinkObject(link.rel, HrefOf(message, link), link.verb);
}

void Writing::LinkObject(absl::string_view rel, absl::string_view href, absl::string_view verb) {
  Key(rel);
  json_.StartObject();
  Key("href");
  String(href);
  Key("rel");
  String(rel);
  Key("method");
  String(verb);
  json_.EndObject();
}

void Writing::PageMembers(const Message& message, const JsonPlan& plan) {
  const Reflection& reflection = *message.GetReflection();
  const Page page = PageOf(asked_.request, reflection.GetInt64(message, plan.total),
                           reflection.GetString(message, plan.next_cursor));
  Key("_meta");
  json_.StartObject();
  Key("totalRecords");
  json_.Int64(page.total);
  if (page.can_page && !page.by_cursor) {
    Key("page");
    json_.Int64(page.page);
  }
  Key("limit");
  json_.Int64(page.limit);
  Key("count");
  json_.Int(reflection.FieldSize(message, plan.list));
  json_.EndObject();
  Key("_links");
  json_.StartObject();
  for (const auto& [rel, href] : PageLinks(page, asked_.path, asked_.query)) {
    LinkObject(rel, href, "GET");
  }
  json_.EndObject();
}

}  // namespace

JsonWriter::JsonWriter(const RouteTable& routes) {
  for (const auto& route : routes.routes()) Plan(route->method->output_type(), routes);
}

JsonWriter::~JsonWriter() = default;

const JsonPlan* JsonWriter::Plan(const google::protobuf::Descriptor* type,
                                 const RouteTable& routes) {
  const auto [place, is_new] = plans_.try_emplace(type, nullptr);
  if (!is_new) return place->second.get();
  place->second = std::make_unique<JsonPlan>();
  JsonPlan* plan = place->second.get();
  PlanMessage(*type, routes, *plan);
  for (PlannedField& member : plan->fields) {
    if (IsObjectField(*member.field)) member.plan = Plan(member.field->message_type(), routes);
  }
  return plan;
}

std::string JsonWriter::Write(const Message& answer, const Asked& asked) const {
  const auto found = plans_.find(answer.GetDescriptor());
  assert(found != plans_.end());
  Writing writing(asked);
  writing.Object(answer, *found->second);
  return writing.Text();
}

std::string JsonWriter::EtagOf(const Message& answer) const {
  const auto found = plans_.find(answer.GetDescriptor());
  if (found == plans_.end() || found->second->etag == nullptr) return "";
  const std::string etag = answer.GetReflection()->GetString(answer, found->second->etag);
  return etag.empty() ? "" : absl::StrCat("\"", etag, "\"");
}

std::string JsonWriter::SelfOf(const Message& answer) const {
  const auto found = plans_.find(answer.GetDescriptor());
  if (found == plans_.end() || found->second->self.empty()) return "";
  return HrefOf(answer, found->second->self.front());
}

}  // namespace bitrade::gateway
