#include "gateway/openapi/problems.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "gateway/openapi/components.h"
#include "gateway/openapi/shapes.h"
#include "gateway/transcoding/problem.h"

namespace bitrade::openapi {
namespace {

using gateway::Route;

// What every call can meet, and what follows from the route's shape.
std::set<std::string> ImpliedReasons(const Route& route) {
  std::set<std::string> reasons = {"MALFORMED_REQUEST", "NOT_ACCEPTABLE", "RATE_LIMITED",
                                   "INTERNAL_ERROR",    "UNAVAILABLE",    "OVERLOADED",
                                   "DEADLINE_EXCEEDED"};
  if (!route.captures.empty()) reasons.insert("NOT_FOUND");
  if (!route.body.empty()) reasons.insert("UNSUPPORTED_MEDIA_TYPE");
  if (route.etag != nullptr) reasons.insert({"IF_MATCH_REQUIRED", "ETAG_MISMATCH"});
  if (route.idempotency_key != nullptr) reasons.insert("IDEMPOTENCY_KEY_REQUIRED");
  if (IsPublic(route)) return reasons;
  reasons.insert({"SESSION_REQUIRED", "PERMISSION_DENIED"});
  if (route.verb != "GET") reasons.insert("CSRF_REQUIRED");
  return reasons;
}

Tree Example(const Reason& reason) {
  const std::string anchor = absl::StrReplaceAll(absl::AsciiStrToLower(reason.name), {{"_", "-"}});
  return Tree::Object({{"type", absl::StrCat("https://bitrade.example/problems/", anchor)},
                       {"title", reason.english.title},
                       {"status", Tree::Integer(gateway::HttpStatusOf(Refuse(reason)))},
                       {"detail", reason.english.detail},
                       {"instance", "urn:uuid:0190f5a2-7c3e-7b1d-8f00-0123456789ab"},
                       {"reason", reason.name}});
}

Tree Response(const std::string& status, const std::set<std::string>& names,
              const Catalogue& catalogue) {
  const std::string quoted = absl::StrCat("`", absl::StrJoin(names, "`, `"), "`");
  Tree response = Tree::Object({{"description", absl::StrCat("Problem: ", quoted, ".")}});
  AddTracingHeaders(response);
  if (status == "429" || status == "503")
    response["headers"]["Retry-After"] = SharedHeader("RetryAfter");
  Tree& content = response["content"]["application/problem+json"];
  content["schema"]["$ref"] = "#/components/schemas/Problem";
  for (const std::string& name : names) {
    if (catalogue.Find(name) == nullptr) continue;
    content["examples"][name]["$ref"] = absl::StrCat("#/components/examples/", name);
  }
  return response;
}

Tree Described(const char* description) {
  return Tree::Object({{"type", "string"}, {"description", description}});
}

Tree FaultSchema() {
  Tree fault = Tree::Object({{"type", "object"}, {"required", Tree::List({"pointer", "code"})}});
  fault["properties"]["pointer"] =
      Described("JSON pointer into the body, `?name` for a parameter, the name of a header.");
  fault["properties"]["code"] = Described("What is wrong, in upper snake case.");
  fault["properties"]["detail"] = Described("For developers, in English.");
  return fault;
}

}  // namespace

std::string Problems::StatusOf(const std::string& name) const {
  const Reason* reason = catalogue_.Find(name);
  return reason == nullptr ? "4XX" : absl::StrCat(gateway::HttpStatusOf(Refuse(*reason)));
}

void Problems::AddTo(const Route& route, const std::vector<std::string>& reasons, Tree& responses) {
  std::set<std::string> all = ImpliedReasons(route);
  all.insert(reasons.begin(), reasons.end());
  std::map<std::string, std::set<std::string>> by_status;
  for (const std::string& name : all) by_status[StatusOf(name)].insert(name);
  for (const auto& [status, names] : by_status) {
    const std::string key = absl::StrJoin(names, ".");
    responses[status]["$ref"] = absl::StrCat("#/components/responses/", key);
    responses_[key] = Response(status, names, catalogue_);
  }
  named_.insert(all.begin(), all.end());
}

Tree Problems::Responses() const {
  Tree responses;
  for (const auto& [key, response] : responses_) responses[key] = response;
  return responses;
}

Tree Problems::Examples() const {
  Tree examples;
  for (const std::string& name : named_) {
    const Reason* reason = catalogue_.Find(name);
    if (reason != nullptr) examples[name]["value"] = Example(*reason);
  }
  return examples;
}

Tree ProblemSchema() {
  Tree schema = Tree::Object(
      {{"type", "object"},
       {"description", "A problem document (RFC 9457)."},
       {"required", Tree::List({"type", "title", "status", "detail", "instance", "reason"})}});
  Tree& properties = schema["properties"];
  properties["type"] = Described("The address of the problem's documentation.");
  properties["type"]["format"] = "uri";
  properties["title"] = Described("In the language of Accept-Language.");
  properties["status"] = Tree::Object(
      {{"type", "integer"}, {"format", "int32"}, {"description", "The same as the answer's."}});
  properties["detail"] = Described("In the language of Accept-Language.");
  properties["instance"] = Described("`urn:uuid:` and the id of the request.");
  properties["reason"] = Described("The name of the problem, fixed for ever.");
  properties["errors"] = Tree::Object(
      {{"type", "array"}, {"description", "Each fault of the request."}, {"items", FaultSchema()}});
  return schema;
}

}  // namespace bitrade::openapi
