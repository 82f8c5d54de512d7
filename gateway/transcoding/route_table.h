// Which RPC answers a verb and a path: read from the `google.api.http` annotations of the protos.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/transcoding/path_template.h"

namespace google::protobuf {
class FieldDescriptor;
class MethodDescriptor;
class ServiceDescriptor;
}  // namespace google::protobuf

namespace bitrade::options::v1 {
enum Role : int;
}  // namespace bitrade::options::v1

namespace bitrade::gateway {

// One RPC as it is reached over HTTP, with everything that its annotations say.
struct Route {
  const google::protobuf::MethodDescriptor* method = nullptr;
  std::string verb;  // upper case
  PathTemplate path;
  // The field of the request for each capture, in the order of the template.
  std::vector<const google::protobuf::FieldDescriptor*> captures;
  // What the body fills: "*" the whole request, "" nothing, else a message field, or a text: then
  // the body is a form (application/x-www-form-urlencoded) that has a parameter of its name.
  std::string body;
  std::vector<options::v1::Role> roles;
  bool handled_by_gateway = false;
  int success_status = 200;
  int public_max_age_seconds = 0;
  // Fields of the request that headers and the members present fill; null where it has none.
  const google::protobuf::FieldDescriptor* etag = nullptr;
  const google::protobuf::FieldDescriptor* idempotency_key = nullptr;
  const google::protobuf::FieldDescriptor* update_mask = nullptr;
  // The field that says which browser asks: of type bitrade.type.v1.Browser.
  const google::protobuf::FieldDescriptor* browser = nullptr;
  // The text that a form fills.
  const google::protobuf::FieldDescriptor* form = nullptr;
};

// A captured segment, percent-decoded.
struct Capture {
  const google::protobuf::FieldDescriptor* field;
  std::string value;
};

struct RouteFound {
  const Route* route;
  std::vector<Capture> captures;
};

struct RouteNotFound {};

// The path exists; `allowed` is what may stand in `Allow`, HEAD and OPTIONS included.
struct MethodNotAllowed {
  std::vector<std::string> allowed;
};

using RouteMatch = std::variant<RouteFound, RouteNotFound, MethodNotAllowed>;

// All routes. Immutable after it was made; safe to share between threads.
class RouteTable {
 public:
  // Collects the routes of `services`; RPCs without an HTTP annotation have none. The descriptors
  // must outlive the table. Errors: INVALID_ARGUMENT for a path that does not parse, a capture or
  // body that is no field of the request, or a verb and path that are there twice.
  static absl::StatusOr<RouteTable> FromDescriptors(
      const std::vector<const google::protobuf::ServiceDescriptor*>& services);

  RouteTable(RouteTable&&) = default;
  RouteTable& operator=(RouteTable&&) = default;

  // Finds the route of an upper-case verb and a path as the client sent it. A literal segment beats
  // a capture; HEAD finds the route of GET.
  RouteMatch Find(absl::string_view verb, absl::string_view path) const;

  // Returns the routes in the order of the descriptors. They live as long as the table.
  const std::vector<std::unique_ptr<const Route>>& routes() const { return routes_; }

 private:
  // A place in the tree of segments.
  struct Node {
    std::vector<std::pair<std::string, size_t>> literals;
    size_t capture = 0;  // the root is nobody's child: 0 is none
    std::vector<const Route*> routes;
  };

  RouteTable() : nodes_(1) {}
  absl::Status Add(std::unique_ptr<const Route> route);
  size_t ChildFor(size_t node, const PathSegment& segment);
  const Node* Walk(const Node& node, const std::vector<std::string>& segments, size_t depth) const;

  std::vector<std::unique_ptr<const Route>> routes_;
  std::vector<Node> nodes_;
};

}  // namespace bitrade::gateway
