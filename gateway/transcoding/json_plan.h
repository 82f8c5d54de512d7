// How one type of message is written. A part of json_writer.cc.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "gateway/transcoding/route_table.h"

namespace google::protobuf {
class Reflection;
}  // namespace google::protobuf

namespace bitrade::gateway {

struct JsonPlan;

// A member, with what of its descriptor is asked for again and again. `plan` is null for what is no
// object.
struct PlannedField {
  const google::protobuf::FieldDescriptor* field;
  std::string name;  // as JsonText::Name takes it
  google::protobuf::FieldDescriptor::CppType type;
  bool is_repeated = false;
  bool has_presence = false;
  bool is_bytes = false;
  bool is_time = false;
  const JsonPlan* plan = nullptr;
};

// A link whose captures are fields of the message that has it.
struct PlannedLink {
  struct Piece {
    std::string literal;                             // with the slash before the capture
    const google::protobuf::FieldDescriptor* field;  // null after the last literal
  };
  std::string name;    // the relation, as JsonText::Name takes it
  std::string suffix;  // of the object, after the address: relation and verb
  std::vector<Piece> pieces;
};

struct JsonPlan {
  const google::protobuf::Reflection* reflection = nullptr;
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

// Fills `plan` for `type`, of a message that is linked in; all but the plans of its fields.
void PlanMessage(const google::protobuf::Descriptor& type, const RouteTable& routes,
                 JsonPlan& plan);

}  // namespace bitrade::gateway
