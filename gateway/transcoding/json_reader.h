// JSON straight into a message, by its descriptor and strictly: what a client sends is read whole
// or refused with the place of every fault.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/common/error/error.h"

namespace google::protobuf {
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace bitrade::gateway {

// What `null` says of a member.
enum class NullMeaning { kRefused, kCleared };

// How a body is read.
struct JsonRules {
  // Fields of the outermost message that are not the body's to fill.
  std::vector<const google::protobuf::FieldDescriptor*> closed;
  NullMeaning null_meaning = NullMeaning::kRefused;
};

// What a body had in it.
struct JsonReading {
  // Faults with JSON pointers; empty when the message holds all of the body. At most 50.
  std::vector<Violation> violations;
  // The proto paths of the members that were present ("input.work"), in their order: objects by
  // their members, lists whole. RFC 7396 calls the rest untouched.
  std::vector<std::string> members;
};

// Reads `json`, one object, into `message`. Faults: no JSON or no UTF-8 (SYNTAX), more than 32
// levels (TOO_DEEP), members that are unknown (UNKNOWN), twice there (DUPLICATE), for the service
// alone to set (READ_ONLY), or whose value does not fit the field (MISTYPED, OUT_OF_RANGE,
// UNKNOWN_CODE, MALFORMED).
JsonReading ReadJson(absl::string_view json, const JsonRules& rules,
                     google::protobuf::Message& message);

// Returns `text` as one reference token of a JSON pointer (RFC 6901).
std::string PointerToken(absl::string_view text);

}  // namespace bitrade::gateway
