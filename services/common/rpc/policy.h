// Which process may call which RPC: a file of allow and deny rules in the shape of gRFC A43, deny
// first, and nobody is let in whom no rule allows.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::rpc {

// Immutable after loading; thread-safe.
class Policy {
 public:
  // Parses {"deny_rules": […], "allow_rules": [{"name", "source": {"principals"}, "request":
  // {"paths"}}]}. A principal or a path may begin or end with `*`. Errors: INVALID_ARGUMENT with a
  // sentence.
  static absl::StatusOr<Policy> Parse(const std::string& json);
  static absl::StatusOr<Policy> Load(const std::string& file);

  // Tells whether the holder of `spiffe_id` may call `path` ("/package.Service/Method").
  bool Allows(absl::string_view spiffe_id, absl::string_view path) const;

 private:
  struct Rule {
    std::vector<std::string> principals, paths;
    bool Matches(absl::string_view spiffe_id, absl::string_view path) const;
  };
  static absl::StatusOr<std::vector<Rule>> Rules(const void* json_rules);

  std::vector<Rule> deny_, allow_;
};

}  // namespace bitrade::rpc
