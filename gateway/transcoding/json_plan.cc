#include "gateway/transcoding/json_plan.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "bitrade/options/v1/options.pb.h"
#include "gateway/transcoding/json_text.h"
#include "gateway/transcoding/scalars.h"

namespace bitrade::gateway {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;

// "CostStatement" as "cost_statement".
std::string SnakeCase(absl::string_view name) {
  std::string snake;
  for (const char c : name) {
    if (absl::ascii_isupper(c) && !snake.empty()) snake.push_back('_');
    snake.push_back(absl::ascii_tolower(c));
  }
  return snake;
}

int PlaceOf(const Descriptor& type, const char* name) {
  const FieldDescriptor* field = type.FindFieldByName(name);
  return field == nullptr ? kNoField : field->index();
}

// The field that fills a capture: of the same name, or the id where the capture is named for the
// message, "cost_statement_id".
const FieldDescriptor* FieldFor(const Descriptor& type, const std::string& capture) {
  if (const FieldDescriptor* field = type.FindFieldByName(capture)) return field;
  if (capture != absl::StrCat(SnakeCase(type.name()), "_id")) return nullptr;
  return type.FindFieldByName("id");
}

std::optional<PlannedLink> LinkTo(const Descriptor& type, const PathTemplate& path,
                                  absl::string_view rel, absl::string_view verb) {
  PlannedLink link{JsonText::NameOf(rel),
                   absl::StrCat("\",\"rel\":\"", rel, "\",\"method\":\"", verb, "\"}"),
                   {}};
  std::string literal;
  for (const PathSegment& segment : path.segments()) {
    literal.push_back('/');
    if (!segment.is_capture) {
      literal += segment.text;
      continue;
    }
    const FieldDescriptor* field = FieldFor(type, segment.text);
    if (field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
      return std::nullopt;
    }
    link.pieces.push_back({std::exchange(literal, ""), field->index()});
  }
  if (!literal.empty()) link.pieces.push_back({std::move(literal), kNoField});
  return link;
}

void PlanSelf(const Descriptor& type, JsonPlan& plan) {
  const std::string& text = type.options().GetExtension(options::v1::resource_path);
  if (text.empty()) return;
  const auto path = PathTemplate::Parse(text);
  if (!path.ok()) return;
  if (auto link = LinkTo(type, *path, "self", "GET")) plan.self.push_back(*std::move(link));
}

// An RPC is named within its package.
void PlanTransitions(const Descriptor& type, const RouteTable& routes, JsonPlan& plan) {
  plan.transitions = PlaceOf(type, "transitions");
  if (plan.transitions == kNoField) return;
  for (const auto& route : routes.routes()) {
    const std::string& rpc = route->method->name();
    if (route->method->file()->package() != type.file()->package()) continue;
    std::string rel = rpc;
    rel[0] = absl::ascii_tolower(rel[0]);
    if (auto link = LinkTo(type, route->path, rel, route->verb)) {
      plan.transition_links.emplace(rpc, *std::move(link));
    }
  }
}

void PlanPage(const Descriptor& type, JsonPlan& plan) {
  const int total = PlaceOf(type, "total");
  const int next_cursor = PlaceOf(type, "next_cursor");
  if (total == kNoField || next_cursor == kNoField) return;
  plan.total = total;
  plan.next_cursor = next_cursor;
  for (int i = 0; i < type.field_count() && plan.list == kNoField; ++i) {
    if (type.field(i)->is_repeated()) plan.list = i;
  }
}

void PlanFields(const Descriptor& type, JsonPlan& plan) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    plan.fields.push_back(
        {.name = JsonText::NameOf(field.json_name()),
         .type = field.type(),
         .wire_type = WireTypeOf(field.type()),
         .is_repeated = field.is_repeated(),
         .has_presence = !field.is_repeated() && field.has_presence(),
         .is_time = IsTimestamp(field.message_type()),
         .is_hidden = i == plan.transitions || i == plan.total || i == plan.next_cursor,
         .codes = field.enum_type()});
    const auto number = static_cast<size_t>(field.number());
    if (plan.places.size() <= number) plan.places.resize(number + 1, kNoField);
    plan.places[number] = i;
  }
}

}  // namespace

WireType WireTypeOf(FieldDescriptor::Type type) {
  switch (type) {
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
      return WireType::kFixed64;
    case FieldDescriptor::TYPE_FLOAT:
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_SFIXED32:
      return WireType::kFixed32;
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
    case FieldDescriptor::TYPE_MESSAGE:
      return WireType::kBytes;
    default:
      return WireType::kVarint;
  }
}

void PlanMessage(const Descriptor& type, const RouteTable& routes, JsonPlan& plan) {
  plan.etag = PlaceOf(type, "etag");
  PlanSelf(type, plan);
  PlanTransitions(type, routes, plan);
  PlanPage(type, plan);
  PlanFields(type, plan);
}

}  // namespace bitrade::gateway
