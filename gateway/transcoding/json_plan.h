// How one type of message is written. A part of json_writer.cc.
#pragma once

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "gateway/transcoding/route_table.h"

namespace bitrade::gateway {

struct JsonPlan;

// How a value is delimited on the wire; groups are not of proto3.
// Source: https://protobuf.dev/programming-guides/encoding/#structure
enum class WireType : uint32_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };
WireType WireTypeOf(google::protobuf::FieldDescriptor::Type type);

inline constexpr int kNoField = -1;

// A field, with what of its descriptor is asked for again and again.
struct PlannedField {
  std::string name;  // as JsonText::Name takes it
  google::protobuf::FieldDescriptor::Type type;
  WireType wire_type;
  bool is_repeated = false;
  bool has_presence = false;
  bool is_time = false;
  bool is_hidden = false;  // no member: it becomes links or `_meta`
  const google::protobuf::EnumDescriptor* codes = nullptr;
  const JsonPlan* plan = nullptr;  // of an object
};

// A link whose captures are fields of the message that has it.
struct PlannedLink {
  struct Piece {
    std::string literal;  // with the slash before the capture
    int field;            // kNoField after the last literal
  };
  std::string name;    // the relation, as JsonText::Name takes it
  std::string suffix;  // of the object, after the address: relation and verb
  std::vector<Piece> pieces;
};

// Fields are told by their place in `fields`.
struct JsonPlan {
  std::vector<PlannedField> fields;  // all of the type, in its order
  std::vector<int> places;           // by the field's number; kNoField between
  std::vector<PlannedLink> self;     // at most one
  int transitions = kNoField;
  absl::flat_hash_map<std::string, PlannedLink> transition_links;  // by the name of the RPC
  // Of a page: what it counts, and its list.
  int total = kNoField;
  int next_cursor = kNoField;
  int list = kNoField;
  int etag = kNoField;
};

// Fills `plan` for `type`; all but the plans of its fields.
void PlanMessage(const google::protobuf::Descriptor& type, const RouteTable& routes,
                 JsonPlan& plan);

}  // namespace bitrade::gateway
