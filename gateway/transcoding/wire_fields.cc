#include "gateway/transcoding/wire_fields.h"

#include <google/protobuf/io/coded_stream.h>

namespace bitrade::gateway {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::io::CodedInputStream;

// How a value is delimited; groups are not of proto3.
// Source: https://protobuf.dev/programming-guides/encoding/#structure
enum WireType : uint32_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };
constexpr uint32_t kWireTypeBits = 3;
constexpr uint32_t kWireTypeMask = (1 << kWireTypeBits) - 1;

WireType WireTypeOf(FieldDescriptor::Type type) {
  switch (type) {
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
      return kFixed64;
    case FieldDescriptor::TYPE_FLOAT:
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_SFIXED32:
      return kFixed32;
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
    case FieldDescriptor::TYPE_MESSAGE:
      return kBytes;
    default:
      return kVarint;
  }
}

const uint8_t* Octets(absl::string_view bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

bool ReadBytes(CodedInputStream& stream, absl::string_view& bytes) {
  uint32_t size = 0;
  if (!stream.ReadVarint32(&size)) return false;
  if (size == 0) return true;
  const void* data = nullptr;
  int available = 0;
  if (!stream.GetDirectBufferPointer(&data, &available)) return false;
  if (size > static_cast<uint32_t>(available)) return false;
  bytes = {static_cast<const char*>(data), size};
  return stream.Skip(static_cast<int>(size));
}

bool ReadValue(CodedInputStream& stream, uint32_t type, WireValue& value) {
  switch (type) {
    case kVarint:
      return stream.ReadVarint64(&value.number);
    case kFixed64:
      return stream.ReadLittleEndian64(&value.number);
    case kFixed32: {
      uint32_t bits = 0;
      const bool read = stream.ReadLittleEndian32(&bits);
      value.number = bits;
      return read;
    }
    case kBytes:
      return ReadBytes(stream, value.bytes);
    default:
      return false;
  }
}

int PlaceOf(const JsonPlan& plan, uint32_t number) {
  return number < plan.places.size() ? plan.places[number] : kNoField;
}

}  // namespace

bool WireFields::Push(absl::string_view message, const JsonPlan& plan) {
  const int begin = end();
  values_.resize(values_.size() + plan.fields.size());
  CodedInputStream stream(Octets(message), static_cast<int>(message.size()));
  while (const uint32_t tag = stream.ReadTag()) {
    WireValue value;
    if (!ReadValue(stream, tag & kWireTypeMask, value)) return false;
    const int place = PlaceOf(plan, tag >> kWireTypeBits);
    if (place == kNoField) continue;  // of a newer service
    const PlannedField& field = plan.fields[static_cast<size_t>(place)];
    if ((tag & kWireTypeMask) == WireTypeOf(field.type)) {
      Add(value, field, begin + place);
    } else if (!field.is_repeated || !AddPacked(value.bytes, field, begin + place)) {
      return false;
    }
  }
  return stream.ConsumedEntireMessage();
}

// Numbers in a row, as proto3 writes a list of them.
bool WireFields::AddPacked(absl::string_view packed, const PlannedField& field, int index) {
  CodedInputStream stream(Octets(packed), static_cast<int>(packed.size()));
  while (stream.CurrentPosition() < static_cast<int>(packed.size())) {
    WireValue value;
    if (!ReadValue(stream, WireTypeOf(field.type), value)) return false;
    Add(value, field, index);
  }
  return true;
}

void WireFields::Add(WireValue value, const PlannedField& field, int index) {
  value.next = WireValue::kLast;
  WireValue& first = values_[static_cast<size_t>(index)];
  if (!field.is_repeated || !first.is_there()) {
    first = value;
    first.last = index;
    return;
  }
  values_[static_cast<size_t>(first.last)].next = end();
  first.last = end();
  values_.push_back(value);
}

}  // namespace bitrade::gateway
