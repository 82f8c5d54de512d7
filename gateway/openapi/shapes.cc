#include "gateway/openapi/shapes.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "bitrade/options/v1/options.pb.h"
#include "gateway/openapi/contract.h"
#include "gateway/transcoding/scalars.h"

namespace bitrade::openapi {

bool IsPage(const google::protobuf::Descriptor& type) {
  return type.FindFieldByName("total") != nullptr && type.FindFieldByName("next_cursor") != nullptr;
}

bool IsMember(const google::protobuf::FieldDescriptor& field) {
  if (field.name() == "transitions") return false;
  return !IsPage(*field.containing_type()) ||
         (field.name() != "total" && field.name() != "next_cursor");
}

std::string FormatOf(const google::protobuf::FieldDescriptor& field) {
  const std::string& format = field.options().GetExtension(options::v1::format);
  if (!format.empty()) return format;
  if (gateway::IsTimestamp(field.message_type())) return "date-time";
  if (field.type() != google::protobuf::FieldDescriptor::TYPE_STRING) return "";
  const bool is_id = field.name() == "id" || absl::EndsWith(field.name(), "_id") ||
                     absl::EndsWith(field.name(), "_ids");
  return is_id ? "uuid" : "";
}

std::string DescriptionOf(const google::protobuf::FieldDescriptor& field) {
  std::string comment = CommentOf(field).text;
  if (!comment.empty()) return comment;
  if (field.name() == "id") return "The id that the service gave.";
  if (field.name() == "etag") return "The version, as the header ETag has it.";
  if (field.name() == "create_time") return "When it arose.";
  if (field.name() == "update_time") return "When it last changed.";
  if (absl::EndsWith(field.name(), "_id")) {
    const std::string noun = field.name().substr(0, field.name().size() - 3);
    return absl::StrCat("The id of the ", absl::StrReplaceAll(noun, {{"_", " "}}), ".");
  }
  return field.is_repeated() && IsPage(*field.containing_type()) ? "The rows of this page." : "";
}

bool IsPublic(const gateway::Route& route) {
  return std::find(route.roles.begin(), route.roles.end(), options::v1::PUBLIC) !=
         route.roles.end();
}

std::string CamelCase(absl::string_view snake) {
  std::string camel;
  bool upper = false;
  for (const char c : snake) {
    if (c != '_') camel.push_back(upper ? absl::ascii_toupper(c) : c);
    upper = c == '_';
  }
  return camel;
}

std::string LowerFirst(absl::string_view name) {
  std::string result(name);
  if (!result.empty()) result[0] = absl::ascii_tolower(result[0]);
  return result;
}

}  // namespace bitrade::openapi
