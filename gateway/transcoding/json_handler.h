// What RapidJSON's reader reports to, event by event. A part of json_reader.cc.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <rapidjson/rapidjson.h>

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gateway/transcoding/json_reader.h"
#include "gateway/transcoding/scalars.h"

namespace bitrade::gateway {

// Fills one message. An event that answers false ends the reading.
class JsonHandler {
 public:
  JsonHandler(const JsonRules& rules, google::protobuf::Message& message)
      : rules_(rules), message_(message) {}

  bool Null();
  bool Bool(bool value) { return Scalar(Notation::kBool, value ? "true" : "false"); }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return Scalar(Notation::kText, {text, size});
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return Scalar(Notation::kNumber, {text, size});
  }
  bool Key(const char* text, rapidjson::SizeType size, bool);
  bool StartObject();
  bool EndObject(rapidjson::SizeType) { return End(); }
  bool StartArray();
  bool EndArray(rapidjson::SizeType) { return End(); }

  // Numbers come as their text, see RawNumber.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(int64_t) { return false; }
  bool Uint64(uint64_t) { return false; }
  bool Double(double) { return false; }

  // Records a fault of the text itself, where the reading stopped.
  void AddSyntaxFault(absl::string_view detail) { Add(Fault{"SYNTAX", ""}, detail); }

  JsonReading TakeReading() && { return std::move(reading_); }

 private:
  using Field = google::protobuf::FieldDescriptor;

  // An object that is being read, or a list: then `list` is its field.
  struct Level {
    google::protobuf::Message* message;
    const Field* list = nullptr;
    const Field* member = nullptr;  // null while its value is skipped
    size_t index = 0;
    std::vector<const Field*> seen;
    std::string unknown;  // the name of a member that has no field
  };

  bool Scalar(Notation notation, absl::string_view text);
  bool End();
  bool Skip();
  bool Deeper();
  const Field* Target() const;
  bool InList() const { return levels_.back().list != nullptr; }
  bool IsClosed(const Field& field) const;
  void NextElement();
  void RecordMember();
  bool Add(const Fault& fault) { return Add(fault, fault.detail); }
  bool Add(const Fault& fault, absl::string_view detail);
  std::string Pointer() const;

  const JsonRules& rules_;
  google::protobuf::Message& message_;
  std::vector<Level> levels_;
  size_t skipped_ = 0;  // levels of a value that has no field
  JsonReading reading_;
};

}  // namespace bitrade::gateway
