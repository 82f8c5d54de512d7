#include "gateway/transcoding/json_handler.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "bitrade/options/v1/options.pb.h"

namespace bitrade::gateway {
namespace {

using ::google::protobuf::FieldDescriptor;

constexpr size_t kMaxLevels = 32;
constexpr size_t kMaxFaults = 50;

constexpr Fault kNoObject{"MISTYPED", "The body must be one JSON object."};
constexpr Fault kUnknown{"UNKNOWN", "There is no such member."};
constexpr Fault kDuplicate{"DUPLICATE", "The member is there twice."};
constexpr Fault kReadOnly{"READ_ONLY", "The service sets this member."};
constexpr Fault kTooDeep{"TOO_DEEP", "More than 32 levels of objects and lists."};
constexpr Fault kNull{"MISTYPED", "The value must not be null."};

// Members are written by their JSON names alone, which protobuf's own look-up by lower-case or
// camel-case name does not ensure.
const FieldDescriptor* FindMember(const google::protobuf::Descriptor& type,
                                  absl::string_view name) {
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->json_name() == name) return type.field(i);
  }
  return nullptr;
}

}  // namespace

bool JsonHandler::Key(const char* text, rapidjson::SizeType size, bool) {
  if (skipped_ > 0) return true;
  Level& level = levels_.back();
  const absl::string_view name(text, size);
  level.member = FindMember(*level.message->GetDescriptor(), name);
  if (level.member == nullptr || IsClosed(*level.member)) {
    level.member = nullptr;
    level.unknown = std::string(name);
    return Add(kUnknown);
  }
  const FieldDescriptor& field = *level.member;
  const bool again = std::find(level.seen.begin(), level.seen.end(), &field) != level.seen.end();
  const bool read_only = field.options().GetExtension(options::v1::output_only);
  level.seen.push_back(&field);
  if (!again && !read_only) return true;
  level.unknown = std::string(name);
  level.member = nullptr;
  return Add(again ? kDuplicate : kReadOnly);
}

bool JsonHandler::IsClosed(const Field& field) const {
  return levels_.size() == 1 &&
         std::find(rules_.closed.begin(), rules_.closed.end(), &field) != rules_.closed.end();
}

const JsonHandler::Field* JsonHandler::Target() const {
  return InList() ? levels_.back().list : levels_.back().member;
}

bool JsonHandler::Scalar(Notation notation, absl::string_view text) {
  if (skipped_ > 0) return true;
  if (levels_.empty()) return Add(kNoObject);
  const Field* field = Target();
  if (field == nullptr) return true;
  RecordMember();
  bool go_on = true;
  if (field->is_repeated() != InList()) {
    go_on = Add(kMistyped);
  } else if (const auto fault = SetScalar(*levels_.back().message, *field, notation, text)) {
    go_on = Add(*fault);
  }
  NextElement();
  return go_on;
}

bool JsonHandler::Null() {
  if (skipped_ > 0) return true;
  if (levels_.empty()) return Add(kNoObject);
  if (Target() == nullptr) return true;
  if (InList() || rules_.null_meaning == NullMeaning::kRefused) {
    const bool go_on = Add(kNull);
    NextElement();
    return go_on;
  }
  RecordMember();
  return true;
}

bool JsonHandler::StartObject() {
  if (!Deeper()) return false;
  if (skipped_ > 0) return Skip();
  if (levels_.empty()) {
    levels_.push_back({&message_});
    return true;
  }
  const Field* field = Target();
  if (field == nullptr) return Skip();
  if (field->is_repeated() != InList() || !IsObjectField(*field)) {
    return Add(kMistyped) && Skip();
  }
  google::protobuf::Message* message = levels_.back().message;
  const auto* reflection = message->GetReflection();
  levels_.push_back({InList() ? reflection->AddMessage(message, field)
                              : reflection->MutableMessage(message, field)});
  return true;
}

bool JsonHandler::StartArray() {
  if (!Deeper()) return false;
  if (skipped_ > 0) return Skip();
  if (levels_.empty()) return Add(kNoObject) && Skip();
  const Field* field = Target();
  if (field == nullptr) return Skip();
  if (InList() || !field->is_repeated()) return Add(kMistyped) && Skip();
  RecordMember();
  levels_.push_back({levels_.back().message, field});
  return true;
}

bool JsonHandler::End() {
  if (skipped_ > 0) {
    --skipped_;
  } else {
    levels_.pop_back();
  }
  if (skipped_ == 0 && !levels_.empty()) NextElement();
  return true;
}

bool JsonHandler::Skip() {
  ++skipped_;
  return true;
}

bool JsonHandler::Deeper() {
  if (levels_.size() + skipped_ < kMaxLevels) return true;
  Add(kTooDeep);
  return false;
}

void JsonHandler::NextElement() {
  if (InList()) ++levels_.back().index;
}

void JsonHandler::RecordMember() {
  std::vector<absl::string_view> path;
  for (const Level& level : levels_) {
    if (level.list != nullptr) return;
    path.emplace_back(level.member->name());
  }
  reading_.members.push_back(absl::StrJoin(path, "."));
}

bool JsonHandler::Add(const Fault& fault, absl::string_view detail) {
  reading_.violations.push_back({Pointer(), fault.code, std::string(detail)});
  return reading_.violations.size() < kMaxFaults;
}

std::string JsonHandler::Pointer() const {
  std::string pointer;
  for (const Level& level : levels_) {
    if (level.list != nullptr) {
      absl::StrAppend(&pointer, "/", level.index);
    } else if (level.member != nullptr) {
      absl::StrAppend(&pointer, "/", level.member->json_name());
    } else if (!level.unknown.empty()) {
      absl::StrAppend(&pointer, "/", PointerToken(level.unknown));
    }
  }
  return pointer;
}

}  // namespace bitrade::gateway
