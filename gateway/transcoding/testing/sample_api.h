// The routes of sample.proto, for tests.
#pragma once

#include <cstdlib>

#include "absl/strings/string_view.h"
#include "gateway/transcoding/route_table.h"
#include "gateway/transcoding/testing/sample.pb.h"

namespace bitrade::gateway::testing {

class SampleApi {
 public:
  // Collects the routes; the annotations of sample.proto are valid, or the tests end here.
  SampleApi()
      : routes_(RouteTable::FromDescriptors(
                    {sample::Note::descriptor()->file()->FindServiceByName("NoteService")})
                    .value()) {}

  const RouteTable& routes() const { return routes_; }

  // Returns the route of an RPC. Precondition: it has one.
  const Route& RouteOf(absl::string_view rpc) const {
    for (const auto& route : routes_.routes()) {
      if (route->method->name() == rpc) return *route;
    }
    std::abort();
  }

 private:
  RouteTable routes_;
};

}  // namespace bitrade::gateway::testing
