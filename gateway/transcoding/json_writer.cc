#include "gateway/transcoding/json_writer.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include <cassert>
#include <cstddef>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gateway/transcoding/json_plan.h"
#include "gateway/transcoding/json_text.h"
#include "gateway/transcoding/page.h"
#include "gateway/transcoding/path_template.h"
#include "gateway/transcoding/rfc3339.h"
#include "gateway/transcoding/scalars.h"

namespace bitrade::gateway {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

// Enough for most answers; one that is longer grows.
constexpr size_t kExpectedSize = 4096;

// A message, and how it is written. The reflection is the plan's: a message finds its own only
// under a lock.
struct Source {
  const Message& message;
  const JsonPlan& plan;

  // The value of a field, or of one element where it is repeated.
  template <typename Single, typename Repeated>
  auto Get(const PlannedField& member, int index, Single single, Repeated repeated) const {
    return member.is_repeated ? (plan.reflection->*repeated)(message, member.field, index)
                              : (plan.reflection->*single)(message, member.field);
  }
};

std::string HrefOf(const Source& source, const PlannedLink& link) {
  std::string href, scratch;
  for (const PlannedLink::Piece& piece : link.pieces) {
    href += piece.literal;
    if (piece.field == nullptr) continue;
    href += PercentEncode(
        source.plan.reflection->GetStringReference(source.message, piece.field, &scratch));
  }
  return href;
}

// One answer on its way into text.
class Writing {
 public:
  explicit Writing(const Asked& asked) : asked_(asked), json_(kExpectedSize) {}

  void Object(const Source& source);
  std::string Take() { return json_.Take(); }

 private:
  void Member(const Source& source, const PlannedField& member);
  void Value(const Source& source, const PlannedField& member, int index);
  void Number(const Source& source, const PlannedField& member, int index);
  void TextValue(const Source& source, const PlannedField& member, int index);
  void Submessage(const Source& source, const PlannedField& member, int index);
  void ResourceLinks(const Source& source);
  void Link(const Source& source, const PlannedLink& link);
  void PageMembers(const Source& source);

  const Asked& asked_;
  JsonText json_;
  std::string scratch_;
};

void Writing::Number(const Source& source, const PlannedField& member, int index) {
  switch (member.type) {
    case FieldDescriptor::CPPTYPE_INT32:
      return json_.Literal(absl::AlphaNum(source.Get(member, index, &Reflection::GetInt32,
                                                     &Reflection::GetRepeatedInt32))
                               .Piece());
    case FieldDescriptor::CPPTYPE_UINT32:
      return json_.Literal(absl::AlphaNum(source.Get(member, index, &Reflection::GetUInt32,
                                                     &Reflection::GetRepeatedUInt32))
                               .Piece());
    case FieldDescriptor::CPPTYPE_INT64:
      return json_.PlainString(absl::AlphaNum(source.Get(member, index, &Reflection::GetInt64,
                                                         &Reflection::GetRepeatedInt64))
                                   .Piece());
    case FieldDescriptor::CPPTYPE_UINT64:
      return json_.PlainString(absl::AlphaNum(source.Get(member, index, &Reflection::GetUInt64,
                                                         &Reflection::GetRepeatedUInt64))
                                   .Piece());
    case FieldDescriptor::CPPTYPE_FLOAT:
      return json_.Number(static_cast<double>(
          source.Get(member, index, &Reflection::GetFloat, &Reflection::GetRepeatedFloat)));
    default:
      return json_.Number(
          source.Get(member, index, &Reflection::GetDouble, &Reflection::GetRepeatedDouble));
  }
}

void Writing::TextValue(const Source& source, const PlannedField& member, int index) {
  const Reflection& reflection = *source.plan.reflection;
  const std::string& text =
      member.is_repeated
          ? reflection.GetRepeatedStringReference(source.message, member.field, index, &scratch_)
          : reflection.GetStringReference(source.message, member.field, &scratch_);
  member.is_bytes ? json_.PlainString(absl::Base64Escape(text)) : json_.String(text);
}

void Writing::Submessage(const Source& source, const PlannedField& member, int index) {
  const Reflection& reflection = *source.plan.reflection;
  const Message& value = member.is_repeated
                             ? reflection.GetRepeatedMessage(source.message, member.field, index)
                             : reflection.GetMessage(source.message, member.field);
  if (!member.is_time) return Object({value, *member.plan});
  const auto& time = static_cast<const google::protobuf::Timestamp&>(value);
  json_.PlainString(FormatRfc3339(time.seconds(), time.nanos()));
}

void Writing::Value(const Source& source, const PlannedField& member, int index) {
  switch (member.type) {
    case FieldDescriptor::CPPTYPE_STRING:
      return TextValue(source, member, index);
    case FieldDescriptor::CPPTYPE_BOOL:
      return json_.Literal(
          source.Get(member, index, &Reflection::GetBool, &Reflection::GetRepeatedBool) ? "true"
                                                                                        : "false");
    case FieldDescriptor::CPPTYPE_ENUM:
      return json_.PlainString(
          source.Get(member, index, &Reflection::GetEnum, &Reflection::GetRepeatedEnum)->name());
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Submessage(source, member, index);
    default:
      return Number(source, member, index);
  }
}

void Writing::Member(const Source& source, const PlannedField& member) {
  const Reflection& reflection = *source.plan.reflection;
  if (member.has_presence && !reflection.HasField(source.message, member.field)) return;
  json_.Name(member.name);
  if (!member.is_repeated) return Value(source, member, 0);
  json_.BeginArray();
  const int size = reflection.FieldSize(source.message, member.field);
  for (int i = 0; i < size; ++i) Value(source, member, i);
  json_.EndArray();
}

void Writing::Object(const Source& source) {
  const JsonPlan& plan = source.plan;
  json_.BeginObject();
  for (const PlannedField& member : plan.fields) Member(source, member);
  if (plan.list != nullptr) PageMembers(source);
  if (!plan.self.empty() || plan.transitions != nullptr) ResourceLinks(source);
  json_.EndObject();
}

void Writing::ResourceLinks(const Source& source) {
  const JsonPlan& plan = source.plan;
  json_.Name("\"_links\":");
  json_.BeginObject();
  for (const PlannedLink& self : plan.self) Link(source, self);
  if (plan.transitions != nullptr) {
    const int size = plan.reflection->FieldSize(source.message, plan.transitions);
    for (int i = 0; i < size; ++i) {
      const auto found = plan.transition_links.find(plan.reflection->GetRepeatedStringReference(
          source.message, plan.transitions, i, &scratch_));
      if (found != plan.transition_links.end()) Link(source, found->second);
    }
  }
  json_.EndObject();
}

// An address is percent-encoded, so nothing in it needs escapes.
void Writing::Link(const Source& source, const PlannedLink& link) {
  json_.Name(link.name);
  json_.Literal(absl::StrCat("{\"href\":\"", HrefOf(source, link), link.suffix));
}

void Writing::PageMembers(const Source& source) {
  const JsonPlan& plan = source.plan;
  const Page page = PageOf(asked_.request, plan.reflection->GetInt64(source.message, plan.total),
                           plan.reflection->GetString(source.message, plan.next_cursor));
  const int count = plan.reflection->FieldSize(source.message, plan.list);
  json_.Name("\"_meta\":");
  json_.Literal(absl::StrCat("{\"totalRecords\":", page.total));
  if (page.can_page && !page.by_cursor) json_.Literal(absl::StrCat("\"page\":", page.page));
  json_.Literal(absl::StrCat("\"limit\":", page.limit));
  json_.Literal(absl::StrCat("\"count\":", count, "}"));
  json_.Name("\"_links\":");
  json_.BeginObject();
  for (const auto& [rel, href] : PageLinks(page, asked_.path, asked_.query)) {
    json_.Name(JsonText::NameOf(rel));
    json_.BeginObject();
    json_.Name("\"href\":");
    json_.String(href);
    json_.Literal(absl::StrCat("\"rel\":\"", rel, "\""));
    json_.Literal("\"method\":\"GET\"");
    json_.EndObject();
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
  writing.Object({answer, *found->second});
  return writing.Take();
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
  return HrefOf({answer, *found->second}, found->second->self.front());
}

}  // namespace bitrade::gateway
