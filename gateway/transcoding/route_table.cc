#include "gateway/transcoding/route_table.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "bitrade/options/v1/options.pb.h"
#include "google/api/annotations.pb.h"
#include "services/common/base/status_macros.h"

namespace bitrade::gateway {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::MethodDescriptor;

std::pair<const char*, const std::string*> VerbAndPath(const google::api::HttpRule& rule) {
  switch (rule.pattern_case()) {
    case google::api::HttpRule::kGet:
      return {"GET", &rule.get()};
    case google::api::HttpRule::kPut:
      return {"PUT", &rule.put()};
    case google::api::HttpRule::kPost:
      return {"POST", &rule.post()};
    case google::api::HttpRule::kDelete:
      return {"DELETE", &rule.delete_()};
    case google::api::HttpRule::kPatch:
      return {"PATCH", &rule.patch()};
    default:
      return {nullptr, nullptr};
  }
}

// By its type, whatever its name.
const FieldDescriptor* BrowserField(const google::protobuf::Descriptor& request) {
  for (int i = 0; i < request.field_count(); ++i) {
    const auto* type = request.field(i)->message_type();
    if (type != nullptr && type->full_name() == "bitrade.type.v1.Browser") return request.field(i);
  }
  return nullptr;
}

absl::Status ResolveFields(const MethodDescriptor& method, Route& route) {
  const auto* request = method.input_type();
  for (const PathSegment& segment : route.path.segments()) {
    if (!segment.is_capture) continue;
    const FieldDescriptor* field = request->FindFieldByName(segment.text);
    if (field == nullptr || field->is_repeated() || field->type() != FieldDescriptor::TYPE_STRING) {
      return absl::InvalidArgumentError(
          absl::StrCat(method.full_name(), " captures no text field ", segment.text));
    }
    route.captures.push_back(field);
  }
  if (!route.body.empty() && route.body != "*") {
    const FieldDescriptor* field = request->FindFieldByName(route.body);
    const bool text = field != nullptr && field->type() == FieldDescriptor::TYPE_STRING;
    if (field == nullptr || field->is_repeated() || (!text && field->message_type() == nullptr)) {
      return absl::InvalidArgumentError(
          absl::StrCat(method.full_name(), " has no message or text field ", route.body));
    }
    if (text) route.form = field;
  }
  route.etag = request->FindFieldByName("etag");
  route.idempotency_key = request->FindFieldByName("idempotency_key");
  route.update_mask = request->FindFieldByName("update_mask");
  route.browser = BrowserField(*request);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<const Route>> RouteOf(const MethodDescriptor& method) {
  const auto& rule = method.options().GetExtension(google::api::http);
  const auto [verb, path] = VerbAndPath(rule);
  if (verb == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(method.full_name(), " has no verb"));
  }
  auto route = std::make_unique<Route>();
  route->method = &method;
  route->verb = verb;
  ASSIGN_OR_RETURN(route->path, PathTemplate::Parse(*path));
  route->body = rule.body();
  for (const int role : method.options().GetExtension(options::v1::access).roles()) {
    route->roles.push_back(static_cast<options::v1::Role>(role));
  }
  route->handled_by_gateway = method.options().GetExtension(options::v1::handled_by_gateway);
  const int status = method.options().GetExtension(options::v1::success_status);
  if (status != 0) route->success_status = status;
  route->public_max_age_seconds =
      method.options().GetExtension(options::v1::public_max_age_seconds);
  RETURN_IF_ERROR(ResolveFields(method, *route));
  return std::unique_ptr<const Route>(std::move(route));
}

std::vector<std::string> AllowedVerbs(const std::vector<const Route*>& routes) {
  std::vector<std::string> verbs = {"OPTIONS"};
  for (const Route* route : routes) {
    verbs.push_back(route->verb);
    if (route->verb == "GET") verbs.emplace_back("HEAD");
  }
  std::sort(verbs.begin(), verbs.end());
  return verbs;
}

}  // namespace

absl::StatusOr<RouteTable> RouteTable::FromDescriptors(
    const std::vector<const google::protobuf::ServiceDescriptor*>& services) {
  RouteTable table;
  for (const auto* service : services) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      if (!method.options().HasExtension(google::api::http)) continue;
      ASSIGN_OR_RETURN(std::unique_ptr<const Route> route, RouteOf(method));
      RETURN_IF_ERROR(table.Add(std::move(route)));
    }
  }
  return table;
}

size_t RouteTable::ChildFor(size_t node, const PathSegment& segment) {
  size_t child = nodes_[node].capture;
  if (!segment.is_capture) {
    const auto& literals = nodes_[node].literals;
    const auto found = std::find_if(literals.begin(), literals.end(), [&](const auto& literal) {
      return literal.first == segment.text;
    });
    child = found == literals.end() ? 0 : found->second;
  }
  if (child != 0) return child;
  child = nodes_.size();
  nodes_.emplace_back();
  if (segment.is_capture) {
    nodes_[node].capture = child;
  } else {
    nodes_[node].literals.emplace_back(segment.text, child);
  }
  return child;
}

absl::Status RouteTable::Add(std::unique_ptr<const Route> route) {
  size_t node = 0;
  for (const PathSegment& segment : route->path.segments()) node = ChildFor(node, segment);
  for (const Route* earlier : nodes_[node].routes) {
    if (earlier->verb == route->verb) {
      return absl::InvalidArgumentError(absl::StrCat(route->method->full_name(), " and ",
                                                     earlier->method->full_name(),
                                                     " have the same verb and path"));
    }
  }
  nodes_[node].routes.push_back(route.get());
  routes_.push_back(std::move(route));
  return absl::OkStatus();
}

const RouteTable::Node* RouteTable::Walk(const Node& node, const std::vector<std::string>& segments,
                                         size_t depth) const {
  if (depth == segments.size()) return node.routes.empty() ? nullptr : &node;
  const std::string& segment = segments[depth];
  for (const auto& [text, child] : node.literals) {
    if (text != segment) continue;
    if (const Node* found = Walk(nodes_[child], segments, depth + 1)) return found;
  }
  if (node.capture == 0 || segment.empty()) return nullptr;
  return Walk(nodes_[node.capture], segments, depth + 1);
}

RouteMatch RouteTable::Find(absl::string_view verb, absl::string_view path) const {
  std::optional<std::vector<std::string>> segments = SplitPath(path);
  if (!segments) return RouteNotFound{};
  const Node* node = Walk(nodes_.front(), *segments, 0);
  if (node == nullptr) return RouteNotFound{};
  const absl::string_view wanted = verb == "HEAD" ? absl::string_view("GET") : verb;
  for (const Route* route : node->routes) {
    if (route->verb != wanted) continue;
    RouteFound found{route, {}};
    for (size_t i = 0; i < segments->size(); ++i) {
      if (!route->path.segments()[i].is_capture) continue;
      found.captures.push_back({route->captures[found.captures.size()], std::move((*segments)[i])});
    }
    return found;
  }
  return MethodNotAllowed{AllowedVerbs(node->routes)};
}

}  // namespace bitrade::gateway
