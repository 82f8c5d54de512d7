#include "gateway/transcoding/wire_fields.h"

#include <cstring>

#include "services/common/base/rfc3339.h"

namespace bitrade::gateway {
namespace {

constexpr uint32_t kWireTypeBits = 3;
constexpr uint64_t kWireTypeMask = (1 << kWireTypeBits) - 1;

// Where a reader is in a message. protobuf's own stream does the same for input that comes in
// pieces, at three times the cost.
class Cursor {
 public:
  explicit Cursor(absl::string_view message)
      : at_(message.data()), end_(message.data() + message.size()) {}

  bool at_end() const { return at_ == end_; }

  // Seven bits in each octet, the lowest first; the last has its highest bit clear.
  bool ReadVarint(uint64_t& value) {
    constexpr int kBits = 64;
    value = 0;
    for (int shift = 0; shift < kBits && at_ != end_; shift += 7) {
      const auto octet = static_cast<unsigned char>(*at_++);
      value |= static_cast<uint64_t>(octet & 0x7F) << shift;
      if (octet < 0x80) return true;
    }
    return false;
  }

  // Little-endian, like every machine that this is built for.
  template <typename Fixed>
  bool ReadFixed(uint64_t& value) {
    Fixed bits = 0;
    if (end_ - at_ < static_cast<ptrdiff_t>(sizeof bits)) return false;
    std::memcpy(&bits, at_, sizeof bits);
    at_ += sizeof bits;
    value = bits;
    return true;
  }

  bool ReadBytes(absl::string_view& bytes) {
    uint64_t size = 0;
    if (!ReadVarint(size) || size > static_cast<uint64_t>(end_ - at_)) return false;
    bytes = {at_, size};
    at_ += size;
    return true;
  }

  bool ReadValue(WireType type, WireValue& value) {
    switch (type) {
      case WireType::kVarint:
        return ReadVarint(value.number);
      case WireType::kFixed64:
        return ReadFixed<uint64_t>(value.number);
      case WireType::kFixed32:
        return ReadFixed<uint32_t>(value.number);
      case WireType::kBytes:
        return ReadBytes(value.bytes);
      default:
        return false;
    }
  }

  // Calls `use(number, wire type, value)` for each field, until one returns false. False then, and
  // for what is no message.
  template <typename Use>
  bool ForEachField(Use use) {
    while (!at_end()) {
      uint64_t tag = 0;
      WireValue value;
      if (!ReadVarint(tag) || tag >> kWireTypeBits == 0) return false;
      const auto type = static_cast<WireType>(tag & kWireTypeMask);
      if (!ReadValue(type, value) || !use(tag >> kWireTypeBits, type, value)) return false;
    }
    return true;
  }

 private:
  const char* at_;
  const char* end_;
};

int PlaceOf(const JsonPlan& plan, uint64_t number) {
  return number < plan.places.size() ? plan.places[number] : kNoField;
}

}  // namespace

bool WireFields::Push(absl::string_view message, const JsonPlan& plan) {
  const int begin = end();
  values_.resize(values_.size() + plan.fields.size());
  return Cursor(message).ForEachField([&](uint64_t number, WireType type, const WireValue& value) {
    const int place = PlaceOf(plan, number);
    if (place == kNoField) return true;  // of a newer service
    const PlannedField& field = plan.fields[static_cast<size_t>(place)];
    if (type != field.wire_type) {
      return field.is_repeated && type == WireType::kBytes &&
             AddPacked(value.bytes, field, begin + place);
    }
    Add(value, field, begin + place);
    return true;
  });
}

// Numbers in a row, as proto3 writes a list of them.
bool WireFields::AddPacked(absl::string_view packed, const PlannedField& field, int index) {
  Cursor cursor(packed);
  while (!cursor.at_end()) {
    WireValue value;
    if (!cursor.ReadValue(field.wire_type, value)) return false;
    Add(value, field, index);
  }
  return true;
}

void WireFields::Add(const WireValue& value, const PlannedField& field, int index) {
  WireValue& first = values_[static_cast<size_t>(index)];
  if (!field.is_repeated || !first.is_there()) {
    first = value;
    first.next = WireValue::kLast;
    first.last = index;
    return;
  }
  values_[static_cast<size_t>(first.last)].next = end();
  first.last = end();
  values_.push_back(value);
  values_.back().next = WireValue::kLast;
}

bool ReadInstant(absl::string_view message, Instant& instant) {
  constexpr uint64_t kSeconds = 1, kNanos = 2;  // of google.protobuf.Timestamp
  const bool read =
      Cursor(message).ForEachField([&](uint64_t number, WireType type, const WireValue& value) {
        if (type != WireType::kVarint) return number != kSeconds && number != kNanos;
        if (number == kSeconds) instant.seconds = static_cast<int64_t>(value.number);
        if (number == kNanos) instant.nanos = static_cast<int32_t>(value.number);
        return true;
      });
  return read && instant.seconds >= kFirstRfc3339Second && instant.seconds <= kLastRfc3339Second &&
         instant.nanos >= 0 && instant.nanos < 1'000'000'000;
}

}  // namespace bitrade::gateway
