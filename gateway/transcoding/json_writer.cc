#include "gateway/transcoding/json_writer.h"

#include <google/protobuf/descriptor.h>

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/base/casts.h"
#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gateway/transcoding/json_plan.h"
#include "gateway/transcoding/json_text.h"
#include "gateway/transcoding/page.h"
#include "gateway/transcoding/path_template.h"
#include "gateway/transcoding/scalars.h"
#include "gateway/transcoding/utf8.h"
#include "gateway/transcoding/wire_fields.h"
#include "services/common/base/rfc3339.h"

namespace bitrade::gateway {
namespace {

using ::google::protobuf::FieldDescriptor;

// JSON is about twice as long as what came over the wire.
constexpr size_t kLeastRoom = 1024;
size_t RoomFor(absl::string_view message) { return kLeastRoom + 5 * message.size() / 2; }

// A message whose fields have been read, and how it is written.
struct Source {
  const JsonPlan& plan;
  int begin;  // of its fields
};

// One answer on its way into text.
class Writing {
 public:
  Writing(const Asked& asked, size_t room) : asked_(asked), json_(room) {}

  absl::StatusOr<Written> Answer(absl::string_view message, const JsonPlan& plan);

 private:
  void Object(absl::string_view message, const JsonPlan& plan);
  void Members(const Source& source);
  void Member(const Source& source, int place);
  void Value(const PlannedField& member, const WireValue& value);
  void Number(FieldDescriptor::Type type, uint64_t bits);
  void Code(const PlannedField& member, const WireValue& value);
  void Text(absl::string_view text);
  void Time(absl::string_view message);
  void ResourceLinks(const Source& source);
  void Link(const Source& source, const PlannedLink& link);
  void PageMembers(const Source& source);

  WireValue Find(const Source& source, int place) const {
    return place == kNoField ? WireValue() : fields_.At(source.begin + place);
  }
  // Calls `use` for each value of a field.
  template <typename Use>
  void ForEach(const Source& source, int place, Use use);
  // Hands the pieces of a link's address to `append`, percent-encoded.
  template <typename Append>
  void ForEachPiece(const Source& source, const PlannedLink& link, Append append) const;

  const Asked& asked_;
  JsonText json_;
  WireFields fields_;
  bool well_formed_ = true;
};

template <typename Use>
void Writing::ForEach(const Source& source, int place, Use use) {
  WireValue value = Find(source, place);
  if (!value.is_there()) return;
  for (;;) {
    use(value);
    if (value.next == WireValue::kLast) return;
    value = fields_.At(value.next);
  }
}

absl::StatusOr<Written> Writing::Answer(absl::string_view message, const JsonPlan& plan) {
  const Source source{plan, fields_.end()};
  well_formed_ = fields_.Push(message, plan);
  if (well_formed_) Members(source);
  if (!well_formed_) return absl::DataLossError("an answer is no message of its type");
  Written written{.json = json_.Take(), .etag = {}, .self = {}};
  const WireValue etag = Find(source, plan.etag);
  if (!etag.bytes.empty()) written.etag = absl::StrCat("\"", etag.bytes, "\"");
  for (const PlannedLink& self : plan.self) {
    ForEachPiece(source, self,
                 [&](absl::string_view piece) { written.self.append(piece.data(), piece.size()); });
  }
  return written;
}

void Writing::Object(absl::string_view message, const JsonPlan& plan) {
  const Source source{plan, fields_.end()};
  if (fields_.Push(message, plan)) {
    Members(source);
  } else {
    well_formed_ = false;
  }
  fields_.Pop(source.begin);
}

void Writing::Members(const Source& source) {
  const JsonPlan& plan = source.plan;
  json_.BeginObject();
  for (int place = 0; place < static_cast<int>(plan.fields.size()); ++place) Member(source, place);
  if (plan.list != kNoField) PageMembers(source);
  if (!plan.self.empty() || plan.transitions != kNoField) ResourceLinks(source);
  json_.EndObject();
}

void Writing::Member(const Source& source, int place) {
  const PlannedField& member = source.plan.fields[static_cast<size_t>(place)];
  if (member.is_hidden) return;
  const WireValue value = Find(source, place);
  if (member.has_presence && !value.is_there()) return;
  json_.Name(member.name);
  if (!member.is_repeated) return Value(member, value);
  json_.BeginArray();
  ForEach(source, place, [&](const WireValue& element) { Value(member, element); });
  json_.EndArray();
}

void Writing::Value(const PlannedField& member, const WireValue& value) {
  switch (member.type) {
    case FieldDescriptor::TYPE_STRING:
      return Text(value.bytes);
    case FieldDescriptor::TYPE_BYTES:
      return json_.PlainString(absl::Base64Escape(value.bytes));
    case FieldDescriptor::TYPE_BOOL:
      return json_.Literal(value.number != 0 ? "true" : "false");
    case FieldDescriptor::TYPE_ENUM:
      return Code(member, value);
    case FieldDescriptor::TYPE_MESSAGE:
      return member.is_time ? Time(value.bytes) : Object(value.bytes, *member.plan);
    default:
      return Number(member.type, value.number);
  }
}

// Numbers of 64 bits are text, as JavaScript has none.
void Writing::Number(FieldDescriptor::Type type, uint64_t bits) {
  switch (type) {
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_SFIXED32:
      return json_.Literal(absl::AlphaNum(static_cast<int32_t>(bits)).Piece());
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_FIXED32:
      return json_.Literal(absl::AlphaNum(static_cast<uint32_t>(bits)).Piece());
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_SFIXED64:
      return json_.PlainString(absl::AlphaNum(static_cast<int64_t>(bits)).Piece());
    case FieldDescriptor::TYPE_UINT64:
    case FieldDescriptor::TYPE_FIXED64:
      return json_.PlainString(absl::AlphaNum(bits).Piece());
    case FieldDescriptor::TYPE_FLOAT:
      return json_.Number(absl::bit_cast<float>(static_cast<uint32_t>(bits)));
    case FieldDescriptor::TYPE_DOUBLE:
      return json_.Number(absl::bit_cast<double>(bits));
    default:
      well_formed_ = false;  // sint32, sint64 and groups are not of our contract
  }
}

// A code of a newer service has no name here: its number tells more than nothing.
void Writing::Code(const PlannedField& member, const WireValue& value) {
  const auto* code = member.codes->FindValueByNumber(static_cast<int32_t>(value.number));
  if (code != nullptr) return json_.PlainString(code->name());
  json_.PlainString(absl::AlphaNum(static_cast<int32_t>(value.number)).Piece());
}

void Writing::Text(absl::string_view text) {
  if (JsonText::IsPlain(text)) return json_.PlainString(text);
  if (!IsUtf8(text)) well_formed_ = false;
  json_.String(text);
}

void Writing::Time(absl::string_view message) {
  Instant instant;
  if (!ReadInstant(message, instant)) {
    well_formed_ = false;
    return;
  }
  json_.PlainString(Rfc3339(instant.seconds, instant.nanos).text());
}

void Writing::ResourceLinks(const Source& source) {
  const JsonPlan& plan = source.plan;
  json_.Name("\"_links\":");
  json_.BeginObject();
  for (const PlannedLink& self : plan.self) Link(source, self);
  ForEach(source, plan.transitions, [&](const WireValue& rpc) {
    const auto found = plan.transition_links.find(rpc.bytes);
    if (found != plan.transition_links.end()) Link(source, found->second);
  });
  json_.EndObject();
}

template <typename Append>
void Writing::ForEachPiece(const Source& source, const PlannedLink& link, Append append) const {
  for (const PlannedLink::Piece& piece : link.pieces) {
    append(piece.literal);
    if (piece.field == kNoField) continue;
    const absl::string_view captured = Find(source, piece.field).bytes;
    if (IsUnreserved(captured)) {
      append(captured);
    } else {
      append(PercentEncode(captured));
    }
  }
}

// An address is percent-encoded, so nothing in it needs escapes.
void Writing::Link(const Source& source, const PlannedLink& link) {
  json_.Name(link.name);
  json_.Literal("{\"href\":\"");
  ForEachPiece(source, link, [this](absl::string_view piece) { json_.Raw(piece); });
  json_.Raw(link.suffix);
}

void Writing::PageMembers(const Source& source) {
  const JsonPlan& plan = source.plan;
  const Page page = PageOf(asked_.request, static_cast<int64_t>(Find(source, plan.total).number),
                           std::string(Find(source, plan.next_cursor).bytes));
  int count = 0;
  ForEach(source, plan.list, [&](const WireValue&) { ++count; });
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
  for (int i = 0; i < type->field_count(); ++i) {
    if (!IsObjectField(*type->field(i))) continue;
    plan->fields[static_cast<size_t>(i)].plan = Plan(type->field(i)->message_type(), routes);
  }
  return plan;
}

absl::StatusOr<Written> JsonWriter::Write(const google::protobuf::Descriptor& type,
                                          absl::string_view message, const Asked& asked) const {
  const auto found = plans_.find(&type);
  assert(found != plans_.end());
  return Writing(asked, RoomFor(message)).Answer(message, *found->second);
}

}  // namespace bitrade::gateway
