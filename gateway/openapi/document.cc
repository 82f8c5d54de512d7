#include "gateway/openapi/document.h"

#include <google/protobuf/descriptor.h>

#include <map>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "bitrade/options/v1/options.pb.h"
#include "gateway/openapi/components.h"
#include "gateway/openapi/operations.h"
#include "gateway/openapi/problems.h"
#include "gateway/openapi/schemas.h"
#include "services/common/base/status_macros.h"

namespace bitrade::openapi {
namespace {

constexpr char kDescription[] =
    "The Swedish Migration Agency's e-service for public counsel: appointments, documents and "
    "compensation.\n\n"
    "Migrationsverkets e-tjänst för offentliga biträden: förordnanden, handlingar och "
    "ersättning.\n\n"
    "Limits (begränsningar): a page has at most 100 rows, JSON at most 32 levels, and calls are "
    "limited in number (429 with Retry-After). Lists go on by the cursor in `_links.next`. HEAD "
    "answers what GET does, without the body. A change of a resource names the version that was "
    "read in If-Match; what must not happen twice carries an Idempotency-Key. Every error is a "
    "problem document with a reason that never changes.";

absl::StatusOr<std::string> ApiVersion(const Contract& contract) {
  const auto* info = contract.FindMessage("bitrade.gateway.v1.ApiInfo");
  const auto* field = info == nullptr ? nullptr : info->FindFieldByName("api_version");
  if (field == nullptr) return absl::InvalidArgumentError("the contract names no version");
  return Tree::FromJson(field->options().GetExtension(options::v1::example)).text();
}

Tree Info(const std::string& version) {
  return Tree::Object({{"title", "bitrade"},
                       {"version", version},
                       {"description", kDescription},
                       {"contact", Tree::Object({{"name", "Migrationsverket"},
                                                 {"url", "https://www.migrationsverket.se/"}})}});
}

Tree Components(const Schemas& schemas, const Problems& problems) {
  Tree components;
  components["securitySchemes"] = SecuritySchemes();
  components["parameters"] = SharedParameters();
  components["headers"] = SharedHeaders();
  components["schemas"] = schemas.Components();
  components["schemas"]["Link"] = LinkSchema();
  components["schemas"]["PageMeta"] = PageMetaSchema();
  components["schemas"]["Problem"] = ProblemSchema();
  components["responses"] = problems.Responses();
  components["examples"] = problems.Examples();
  return components;
}

Tree Tags(const gateway::RouteTable& routes) {
  std::map<std::string, std::string> described;
  for (const auto& route : routes.routes()) {
    const auto& service = *route->method->service();
    described[std::string(absl::StripSuffix(service.name(), "Service"))] = CommentOf(service).text;
  }
  Tree tags = Tree::List();
  for (const auto& [name, text] : described) {
    tags.Add(Tree::Object({{"name", name}, {"description", text}}));
  }
  return tags;
}

Tree Paths(const gateway::RouteTable& routes, Schemas& schemas, Problems& problems) {
  std::map<std::string, std::map<std::string, Tree>> sorted;
  for (const auto& route : routes.routes()) {
    sorted[PathKey(*route)][absl::AsciiStrToLower(route->verb)] =
        Operation(*route, schemas, problems);
  }
  Tree paths;
  for (const auto& [path, operations] : sorted) {
    for (const auto& [verb, operation] : operations) paths[path][verb] = operation;
  }
  return paths;
}

}  // namespace

absl::StatusOr<Tree> Document(const Contract& contract, const gateway::RouteTable& routes,
                              const Catalogue& catalogue) {
  ASSIGN_OR_RETURN(const std::string version, ApiVersion(contract));
  Schemas schemas;
  Problems problems(catalogue);
  Tree document;
  document["openapi"] = "3.1.0";
  document["info"] = Info(version);
  document["servers"] =
      Tree::List({Tree::Object({{"url", absl::StrCat("https://bitrade.example", kApiRoot)}})});
  document["externalDocs"] = Tree::Object({{"description", "Every problem, with its reason"},
                                           {"url", "https://bitrade.example/problems"}});
  document["security"] = Tree::List({Tree::Object({{"session", Tree::List()}})});
  document["tags"] = Tags(routes);
  document["paths"] = Paths(routes, schemas, problems);
  document["components"] = Components(schemas, problems);
  return document;
}

}  // namespace bitrade::openapi
