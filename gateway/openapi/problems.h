// The problems that operations can answer.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/openapi/catalogue.h"
#include "gateway/openapi/tree.h"
#include "gateway/transcoding/route_table.h"

namespace bitrade::openapi {

// Writes responses for problems and remembers them, since operations share them and they share
// their examples.
class Problems {
 public:
  // `catalogue` must outlive this.
  explicit Problems(const Catalogue& catalogue) : catalogue_(catalogue) {}

  // Adds a reference for each HTTP status of a problem to `responses`: of `reasons`, the names that
  // the RPC's comment has, and of what the route's shape implies. A reason that the catalogue does
  // not know stands under 4XX.
  void AddTo(const gateway::Route& route, const std::vector<std::string>& reasons, Tree& responses);

  // Returns `components.responses`: each that was referred to.
  Tree Responses() const;

  // Returns `components.examples`: each problem that was named, sorted by name.
  Tree Examples() const;

 private:
  std::string StatusOf(const std::string& name) const;

  const Catalogue& catalogue_;
  std::map<std::string, Tree> responses_;
  std::set<std::string> named_;
};

// Returns the schema of a problem document.
Tree ProblemSchema();

}  // namespace bitrade::openapi
