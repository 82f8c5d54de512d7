#include "gateway/openapi/operations.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "bitrade/options/v1/options.pb.h"
#include "gateway/openapi/answers.h"
#include "gateway/openapi/components.h"
#include "gateway/openapi/contract.h"
#include "gateway/openapi/document.h"
#include "gateway/openapi/examples.h"
#include "gateway/openapi/shapes.h"
#include "gateway/transcoding/page.h"
#include "gateway/transcoding/query.h"

namespace bitrade::openapi {
namespace {

using gateway::Route;
using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;

Tree Parameter(const FieldDescriptor& field, const char* place, bool required, Schemas& schemas) {
  Tree schema = schemas.OfField(field);
  if (const gateway::PageBounds* bounds = gateway::BoundsOf(field)) {
    schema["minimum"] = Tree::Integer(bounds->least);
    schema["maximum"] = Tree::Integer(bounds->most);
  }
  Tree parameter = Tree::Object({{"name", field.json_name()}, {"in", place}});
  const std::string description = DescriptionOf(field);
  if (!description.empty()) parameter["description"] = description;
  if (required) parameter["required"] = Tree::Bool(true);
  parameter["schema"] = std::move(schema);
  return parameter;
}

Tree Parameters(const Route& route, Schemas& schemas) {
  Tree parameters = Tree::List();
  for (const FieldDescriptor* field : route.captures) {
    parameters.Add(Parameter(*field, "path", true, schemas));
  }
  const Descriptor& request = *route.method->input_type();
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor& field = *request.field(i);
    if (!gateway::IsQueryField(route, field)) continue;
    const bool required = field.options().GetExtension(options::v1::required);
    parameters.Add(Parameter(field, "query", required, schemas));
  }
  if (route.etag != nullptr) parameters.Add(SharedParameter("IfMatch"));
  if (route.idempotency_key != nullptr) parameters.Add(SharedParameter("IdempotencyKey"));
  if (route.verb != "GET" && !IsPublic(route)) parameters.Add(SharedParameter("CsrfToken"));
  if (IsContent(route)) parameters.Add(SharedParameter("Range"));
  for (const char* key : {"AcceptLanguage", "RequestId", "Traceparent"}) {
    parameters.Add(SharedParameter(key));
  }
  return parameters;
}

Tree Content(Tree schema, Tree example) {
  Tree content;
  content["schema"] = std::move(schema);
  content["examples"]["example"]["value"] = std::move(example);
  return content;
}

Tree Form(const FieldDescriptor& field, Schemas& schemas) {
  Tree schema = Tree::Object({{"type", "object"}, {"required", Tree::List({field.name()})}});
  schema["properties"][field.name()] = schemas.OfField(field);
  Tree body = Tree::Object({{"required", Tree::Bool(true)}});
  body["content"]["application/x-www-form-urlencoded"]["schema"] = std::move(schema);
  return body;
}

Tree Body(const Route& route, Schemas& schemas) {
  if (route.form != nullptr) return Form(*route.form, schemas);
  const Descriptor* type = route.method->input_type();
  std::vector<const FieldDescriptor*> omitted;
  bool required = true;
  if (route.body == "*") {
    omitted = route.captures;
    for (const auto* field :
         {route.etag, route.idempotency_key, route.update_mask, route.browser}) {
      if (field != nullptr) omitted.push_back(field);
    }
    required = type->field_count() > static_cast<int>(omitted.size());
  } else {
    type = type->FindFieldByName(route.body)->message_type();
  }
  Tree body = Tree::Object({{"required", Tree::Bool(required)}});
  const Tree content =
      Content(schemas.OfBody(*type, omitted), ExampleOf(*type, Direction::kRequest, omitted));
  if (route.verb == "PATCH") body["content"]["application/merge-patch+json"] = content;
  body["content"]["application/json"] = content;
  return body;
}

}  // namespace

std::string PathKey(const Route& route) {
  std::string key;
  for (const gateway::PathSegment& segment : route.path.segments()) {
    absl::StrAppend(
        &key, "/",
        segment.is_capture ? absl::StrCat("{", CamelCase(segment.text), "}") : segment.text);
  }
  return std::string(absl::StripPrefix(key, kApiRoot));
}

Tree Operation(const Route& route, Schemas& schemas, Problems& problems) {
  const Comment comment = CommentOf(*route.method);
  Tree operation = Tree::Object(
      {{"operationId", LowerFirst(route.method->name())},
       {"tags",
        Tree::List({std::string(absl::StripSuffix(route.method->service()->name(), "Service"))})},
       {"summary", comment.summary},
       {"description", comment.text},
       {"parameters", Parameters(route, schemas)}});
  if (IsPublic(route)) operation["security"] = Tree::List();
  if (!route.body.empty()) operation["requestBody"] = Body(route, schemas);
  Tree& responses = operation["responses"];
  AddSuccess(route, schemas, responses);
  problems.AddTo(route, comment.reasons, responses);
  return operation;
}

}  // namespace bitrade::openapi
