// How one type of message is written. A part of json_writer.cc.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "gateway/transcoding/route_table.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace bitrade::gateway {

struct JsonPlan;

// A member. `plan` is null for what is no object.
struct PlannedField {
  const google::protobuf::FieldDescriptor* field;
  std::string name;
  bool is_time = false;
  const JsonPlan* plan = nullptr;
};

// A link whose captures are fields of the message that has it.
struct PlannedLink {
  struct Piece {
    std::string literal;                             // with the slash before the capture
    const google::protobuf::FieldDescriptor* field;  // null after the last literal
  };
  std::string rel;
  std::string verb;
  std::vector<Piece> pieces;
};

struct JsonPlan {
  std::vector<PlannedField> fields;
  std::vector<PlannedLink> self;  // at most one
  const google::protobuf::FieldDescriptor* transitions = nullptr;
  absl::flat_hash_map<std::string, PlannedLink> transition_links;  // by the name of the RPC
  // Of a page: what it counts, and its list.
  const google::protobuf::FieldDescriptor* total = nullptr;
  const google::protobuf::FieldDescriptor* next_cursor = nullptr;
  const google::protobuf::FieldDescriptor* list = nullptr;
  const google::protobuf::FieldDescriptor* etag = nullptr;
};

// Fills `plan` for `type`, all but the plans of its fields.
void PlanMessage(const google::protobuf::Descriptor& type, const RouteTable& routes,
                 JsonPlan& plan);

}  // namespace bitrade::gateway
