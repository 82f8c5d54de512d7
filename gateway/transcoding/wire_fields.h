// The fields of a serialized message, found by their numbers and read no further: an answer on its
// way from a service to a client needs no object. A part of json_writer.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "gateway/transcoding/json_plan.h"

namespace bitrade::gateway {

// A value as it stands on the wire: a number's bits, or what has a length.
struct WireValue {
  static constexpr int kAbsent = -1;
  static constexpr int kLast = -2;

  uint64_t number = 0;
  absl::string_view bytes;
  int next = kAbsent;  // kAbsent for a field that is not there, else the next value of the field
  int last = kAbsent;  // told by the first value of a list: where the newest is

  bool is_there() const { return next != kAbsent; }
};

// The values of messages within messages, those of the innermost on top. Not thread-safe.
class WireFields {
 public:
  WireFields() { values_.reserve(kExpected); }

  // Where the next message's fields will begin.
  int end() const { return static_cast<int>(values_.size()); }

  // Reads the fields of a message on top of the others: `begin` is then where end() was. The value
  // of the field at place p of the plan is at `begin + p`: of a repeated field the first, else the
  // last. False when the message is malformed.
  bool Push(absl::string_view message, const JsonPlan& plan);
  // Forgets the message whose fields begin there.
  void Pop(int begin) { values_.resize(static_cast<size_t>(begin)); }

  // A copy: a reference ends with the next Push.
  WireValue At(int index) const { return values_[static_cast<size_t>(index)]; }

 private:
  static constexpr size_t kExpected = 128;

  bool AddPacked(absl::string_view packed, const PlannedField& field, int index);
  void Add(const WireValue& value, const PlannedField& field, int index);

  std::vector<WireValue> values_;
};

// What a google.protobuf.Timestamp says.
struct Instant {
  int64_t seconds = 0;  // since 1970
  int32_t nanos = 0;
};

// Reads a serialized google.protobuf.Timestamp. False when it is malformed, or outside the years 1
// to 9999.
bool ReadInstant(absl::string_view message, Instant& instant);

}  // namespace bitrade::gateway
