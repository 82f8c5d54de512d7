#include "gateway/openapi/answers.h"

#include <google/protobuf/descriptor.h>

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/openapi/components.h"
#include "gateway/openapi/contract.h"
#include "gateway/openapi/examples.h"

namespace bitrade::openapi {
namespace {

using gateway::Route;
using ::google::protobuf::Descriptor;

// The type of an answer whose body is the document itself.
const char* DocumentType(const Route& route) {
  return absl::EndsWith(route.path.text(), ".yaml") ? "application/yaml" : "application/json";
}

Tree Described(std::string description) {
  Tree response = Tree::Object({{"description", std::move(description)}});
  AddTracingHeaders(response);
  return response;
}

Tree Success(const Route& route, Schemas& schemas) {
  const Descriptor& type = *route.method->output_type();
  Tree response = Described(CommentOf(*route.method).summary);
  if (route.success_status == 204) return response;
  if (route.success_status == 303) {
    response["headers"]["Location"] = SharedHeader("Location");
    return response;
  }
  if (type.FindFieldByName("etag") != nullptr) response["headers"]["ETag"] = SharedHeader("ETag");
  if (type.field_count() == 0) {
    response["content"][DocumentType(route)]["schema"]["type"] = "object";
    return response;
  }
  Tree& content = response["content"]["application/json"];
  content["schema"] = schemas.OfAnswer(type);
  content["examples"]["example"]["value"] = ExampleOf(type, Direction::kAnswer);
  return response;
}

Tree Bytes(const char* description) {
  Tree response = Described(description);
  Tree& headers = response["headers"];
  headers["Accept-Ranges"] = SharedHeader("AcceptRanges");
  headers["Content-Disposition"] = SharedHeader("ContentDisposition");
  headers["ETag"] = SharedHeader("ETag");
  headers["Repr-Digest"] = SharedHeader("ReprDigest");
  response["content"]["*/*"]["schema"] = Tree();
  return response;
}

}  // namespace

bool IsContent(const Route& route) {
  return route.method->output_type()->full_name() == "bitrade.gateway.v1.Content";
}

void AddSuccess(const Route& route, Schemas& schemas, Tree& responses) {
  if (!IsContent(route)) {
    responses[absl::StrCat(route.success_status)] = Success(route, schemas);
    return;
  }
  responses["200"] = Bytes("The whole content, in the document's own media type.");
  responses["206"] = Bytes("The range that was asked for.");
  responses["206"]["headers"]["Content-Range"] = SharedHeader("ContentRange");
}

}  // namespace bitrade::openapi
