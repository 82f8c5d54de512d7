#include "gateway/transcoding/route_table.h"

#include <google/protobuf/descriptor.h>

#include "gateway/transcoding/testing/sample_api.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway {
namespace {

using testing::SampleApi;

std::string RpcOf(const RouteMatch& match) {
  const auto* found = std::get_if<RouteFound>(&match);
  return found == nullptr ? "" : found->route->method->name();
}

TEST_CASE("A verb and a path find their RPC and what the path captures", "[transcoding][routes]") {
  const SampleApi api;
  const RouteMatch match = api.routes().Find("GET", "/bitrade/v1/notes/a%20b");
  REQUIRE(RpcOf(match) == "GetNote");
  const auto& captures = std::get<RouteFound>(match).captures;
  REQUIRE(captures.size() == 1);
  CHECK(captures[0].field->name() == "id");
  CHECK(captures[0].value == "a b");
}

TEST_CASE("A literal segment beats a capture", "[transcoding][routes]") {
  const SampleApi api;
  CHECK(RpcOf(api.routes().Find("GET", "/bitrade/v1/notes/newest")) == "GetNewestNote");
}

TEST_CASE("HEAD finds the route of GET", "[transcoding][routes]") {
  const SampleApi api;
  CHECK(RpcOf(api.routes().Find("HEAD", "/bitrade/v1/notes")) == "ListNotes");
}

TEST_CASE("Another verb on a path that exists names those allowed", "[transcoding][routes]") {
  const SampleApi api;
  for (const char* verb : {"PUT", "OPTIONS", "TRACE", "get"}) {
    INFO(verb);
    const RouteMatch match = api.routes().Find(verb, "/bitrade/v1/notes");
    REQUIRE(std::holds_alternative<MethodNotAllowed>(match));
    CHECK(std::get<MethodNotAllowed>(match).allowed ==
          std::vector<std::string>{"GET", "HEAD", "OPTIONS", "POST"});
  }
}

TEST_CASE("A path that nobody declared is not found", "[transcoding][routes]") {
  const SampleApi api;
  for (const char* path : {"/", "/bitrade/v1", "/bitrade/v1/notes/", "/bitrade/v1/notes/1/2/3",
                           "/bitrade/v1/Notes", "/bitrade/v1/notes/%zz", "*", ""}) {
    INFO(path);
    CHECK(std::holds_alternative<RouteNotFound>(api.routes().Find("GET", path)));
  }
}

TEST_CASE("A route knows what its annotations say", "[transcoding][routes]") {
  const SampleApi api;
  const RouteMatch match = api.routes().Find("POST", "/bitrade/v1/notes");
  REQUIRE(RpcOf(match) == "CreateNote");
  const Route& route = *std::get<RouteFound>(match).route;
  CHECK(route.success_status == 201);
  CHECK(route.body == "*");
  CHECK(route.idempotency_key != nullptr);
  CHECK(route.etag == nullptr);
  CHECK(route.roles.size() == 1);
}

}  // namespace
}  // namespace bitrade::gateway
