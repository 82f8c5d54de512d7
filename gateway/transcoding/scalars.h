// One value of a request, from its text into its field: numbers within range, names of enum
// members, times with a zone, base64.
#pragma once

#include <optional>

#include "absl/strings/string_view.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace bitrade::gateway {

// How a value was written. A query parameter is written as its field wants it.
enum class Notation { kText, kNumber, kBool };

// What is wrong with a value: a code in UPPER_SNAKE_CASE and a sentence for developers.
struct Fault {
  const char* code;
  const char* detail;
};

inline constexpr Fault kMistyped{"MISTYPED", "The value has another type."};

// Tells whether the message is google.protobuf.Timestamp, which is written as text.
bool IsTimestamp(const google::protobuf::Descriptor* type);

// Tells whether a value of the field is an object in JSON.
bool IsObjectField(const google::protobuf::FieldDescriptor& field);

// Returns the notation in which a query parameter for the field is read.
Notation QueryNotationOf(const google::protobuf::FieldDescriptor& field);

// Sets the field, or adds to it where it is repeated. `text` is valid UTF-8, a number's literal, or
// "true" or "false". Returns what is wrong and leaves the field alone if anything is.
std::optional<Fault> SetScalar(google::protobuf::Message& message,
                               const google::protobuf::FieldDescriptor& field, Notation notation,
                               absl::string_view text);

}  // namespace bitrade::gateway
