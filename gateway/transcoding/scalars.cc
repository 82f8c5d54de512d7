#include "gateway/transcoding/scalars.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cmath>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/time/time.h"
#include "services/common/base/rfc3339.h"

namespace bitrade::gateway {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

constexpr Fault kOutOfRange{"OUT_OF_RANGE", "The number does not fit."};
constexpr Fault kUnknownCode{"UNKNOWN_CODE", "The field has no such code."};
constexpr Fault kNoTime{"MALFORMED",
                        "Not a time as RFC 3339 writes it, with \"Z\" or an offset from UTC."};
constexpr Fault kNoBase64{"MALFORMED", "Not base64."};
constexpr Fault kNul{"MALFORMED", "A text must not hold the character U+0000."};

// Sets or adds, whichever the field takes.
template <typename Add, typename Set, typename Value>
void Put(Message& message, const FieldDescriptor& field, Add add, Set set, Value value) {
  const Reflection& reflection = *message.GetReflection();
  if (field.is_repeated()) {
    (reflection.*add)(&message, &field, value);
  } else {
    (reflection.*set)(&message, &field, value);
  }
}

bool IsIntegral(absl::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return false;
  for (const char c : text) {
    if (!absl::ascii_isdigit(c)) return false;
  }
  return true;
}

template <typename Number, typename Add, typename Set>
std::optional<Fault> PutIntegerAs(Message& message, const FieldDescriptor& field, Add add, Set set,
                                  absl::string_view text) {
  if (!IsIntegral(text)) return kMistyped;
  Number value = 0;
  if (!absl::SimpleAtoi(text, &value)) return kOutOfRange;
  Put(message, field, add, set, value);
  return std::nullopt;
}

std::optional<Fault> PutInteger(Message& message, const FieldDescriptor& field,
                                absl::string_view text) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return PutIntegerAs<int32_t>(message, field, &Reflection::AddInt32, &Reflection::SetInt32,
                                   text);
    case FieldDescriptor::CPPTYPE_INT64:
      return PutIntegerAs<int64_t>(message, field, &Reflection::AddInt64, &Reflection::SetInt64,
                                   text);
    case FieldDescriptor::CPPTYPE_UINT32:
      return PutIntegerAs<uint32_t>(message, field, &Reflection::AddUInt32, &Reflection::SetUInt32,
                                    text);
    default:
      return PutIntegerAs<uint64_t>(message, field, &Reflection::AddUInt64, &Reflection::SetUInt64,
                                    text);
  }
}

std::optional<Fault> PutReal(Message& message, const FieldDescriptor& field,
                             absl::string_view text) {
  double value = 0;
  if (text.empty() || (text.front() != '-' && !absl::ascii_isdigit(text.front())) ||
      !absl::SimpleAtod(text, &value)) {
    return kMistyped;
  }
  const auto narrow = static_cast<float>(value);
  const bool is_float = field.cpp_type() == FieldDescriptor::CPPTYPE_FLOAT;
  if (!std::isfinite(is_float ? static_cast<double>(narrow) : value)) return kOutOfRange;
  if (is_float) {
    Put(message, field, &Reflection::AddFloat, &Reflection::SetFloat, narrow);
    return std::nullopt;
  }
  Put(message, field, &Reflection::AddDouble, &Reflection::SetDouble, value);
  return std::nullopt;
}

std::optional<Fault> PutBool(Message& message, const FieldDescriptor& field,
                             absl::string_view text) {
  if (text != "true" && text != "false") return kMistyped;
  const bool value = text == "true";
  Put(message, field, &Reflection::AddBool, &Reflection::SetBool, value);
  return std::nullopt;
}

std::optional<Fault> PutEnum(Message& message, const FieldDescriptor& field,
                             absl::string_view text) {
  const auto* value = field.enum_type()->FindValueByName(std::string(text));
  if (value == nullptr) return kUnknownCode;
  Put(message, field, &Reflection::AddEnum, &Reflection::SetEnum, value);
  return std::nullopt;
}

std::optional<Fault> PutText(Message& message, const FieldDescriptor& field,
                             absl::string_view text) {
  std::string value(text);
  if (field.type() == FieldDescriptor::TYPE_BYTES && !absl::Base64Unescape(text, &value)) {
    return kNoBase64;
  }
  if (field.type() == FieldDescriptor::TYPE_STRING && value.find('\0') != std::string::npos) {
    return kNul;
  }
  Put(message, field, &Reflection::AddString, &Reflection::SetString, std::move(value));
  return std::nullopt;
}

// The shape alone: what absl::ParseTime takes beyond RFC 3339 (spaces, "infinite-future", a leap
// second) does not pass. '0' stands for a digit.
bool HasShape(absl::string_view text, absl::string_view shape) {
  if (text.size() != shape.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (shape[i] == '0' ? !absl::ascii_isdigit(text[i]) : text[i] != shape[i]) return false;
  }
  return true;
}

bool HasTimeShape(absl::string_view text) {
  constexpr absl::string_view kSeconds = "0000-00-00T00:00:00";
  if (!HasShape(text.substr(0, kSeconds.size()), kSeconds) || text[17] == '6') return false;
  text.remove_prefix(kSeconds.size());
  if (!text.empty() && text.front() == '.') {
    size_t digits = 1;
    while (digits < text.size() && absl::ascii_isdigit(text[digits])) ++digits;
    if (digits < 2 || digits > 10) return false;
    text.remove_prefix(digits);
  }
  return text == "Z" || HasShape(text, "+00:00") || HasShape(text, "-00:00");
}

std::optional<Fault> PutTime(Message& message, const FieldDescriptor& field,
                             absl::string_view text) {
  absl::Time time;
  std::string ignored;
  if (!HasTimeShape(text) || !absl::ParseTime(absl::RFC3339_full, text, &time, &ignored)) {
    return kNoTime;
  }
  if (time < absl::FromUnixSeconds(kFirstRfc3339Second) ||
      time >= absl::FromUnixSeconds(kLastRfc3339Second + 1)) {
    return kNoTime;
  }
  const auto& reflection = *message.GetReflection();
  Message* value = field.is_repeated() ? reflection.AddMessage(&message, &field)
                                       : reflection.MutableMessage(&message, &field);
  const int64_t seconds = absl::ToUnixSeconds(time);
  const auto nanos = absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds));
  const auto* type = value->GetDescriptor();
  value->GetReflection()->SetInt64(value, type->FindFieldByNumber(1), seconds);
  value->GetReflection()->SetInt32(value, type->FindFieldByNumber(2), static_cast<int32_t>(nanos));
  return std::nullopt;
}

std::optional<Fault> PutNumber(Message& message, const FieldDescriptor& field,
                               absl::string_view text) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return PutInteger(message, field, text);
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return PutReal(message, field, text);
    default:
      return kMistyped;
  }
}

}  // namespace

bool IsTimestamp(const google::protobuf::Descriptor* type) {
  return type != nullptr && type->full_name() == "google.protobuf.Timestamp";
}

bool IsObjectField(const FieldDescriptor& field) {
  return field.message_type() != nullptr && !IsTimestamp(field.message_type());
}

Notation QueryNotationOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return Notation::kBool;
    case FieldDescriptor::CPPTYPE_STRING:
    case FieldDescriptor::CPPTYPE_ENUM:
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Notation::kText;
    default:
      return Notation::kNumber;
  }
}

std::optional<Fault> SetScalar(Message& message, const FieldDescriptor& field, Notation notation,
                               absl::string_view text) {
  if (notation == Notation::kNumber) return PutNumber(message, field, text);
  if (notation == Notation::kBool) {
    return field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL ? PutBool(message, field, text)
                                                             : kMistyped;
  }
  if (IsTimestamp(field.message_type())) return PutTime(message, field, text);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return PutText(message, field, text);
    case FieldDescriptor::CPPTYPE_ENUM:
      return PutEnum(message, field, text);
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT64:
      return PutInteger(message, field, text);
    default:
      return kMistyped;
  }
}

}  // namespace bitrade::gateway
