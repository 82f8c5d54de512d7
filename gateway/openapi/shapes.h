// What JSON makes of messages and fields, and who may call: what several parts of the document rest
// on.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>

#include "absl/strings/string_view.h"
#include "gateway/transcoding/route_table.h"

namespace bitrade::openapi {

// Tells whether a message is a page of a list: it counts, and has a cursor.
bool IsPage(const google::protobuf::Descriptor& type);

// Tells whether a field is written as a member: what pages and links are made from is not.
bool IsMember(const google::protobuf::FieldDescriptor& field);

// Returns the format of a text field: `uuid` for ids, `date-time` for times, what the option says
// else; "" for none.
std::string FormatOf(const google::protobuf::FieldDescriptor& field);

// Returns what a field is: its comment, or for those that the whole house names alike (`id`,
// `etag`, `create_time` and their like) a sentence that holds everywhere; "" for none.
std::string DescriptionOf(const google::protobuf::FieldDescriptor& field);

// Tells whether anybody may call the route without a session.
bool IsPublic(const gateway::Route& route);

// Returns "appointment_id" as "appointmentId".
std::string CamelCase(absl::string_view snake);

// Returns "GetOpenApiYaml" as "getOpenApiYaml".
std::string LowerFirst(absl::string_view name);

}  // namespace bitrade::openapi
