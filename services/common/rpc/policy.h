// Which process may call which RPC: rules to deny and to allow in the shape of gRFC A43, deny
// first, and nobody is let in whom no rule allows. A case system's rule also says what of the
// agency's matters it may touch.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/rpc/reach.h"

namespace bitrade::rpc {

struct PolicyRule {
  std::string name;
  std::vector<std::string> principals;  // SPIFFE ids; a pattern begins or ends with `*`
  std::vector<std::string> paths;       // "/package.Service/Method"; a pattern likewise
  std::optional<Reach> reach;           // of case systems

  bool Matches(absl::string_view spiffe_id, absl::string_view path) const;
};

// Immutable, and so thread-safe.
class Policy {
 public:
  // `digest` tells which text the rules were read from.
  Policy(std::vector<PolicyRule> deny, std::vector<PolicyRule> allow, std::string digest = "")
      : deny_(std::move(deny)), allow_(std::move(allow)), digest_(std::move(digest)) {}

  // Parses {"name", "deny_rules", "allow_rules": [{"name", "source": {"principals"}, "request":
  // {"paths"}, "reach": {"authorities", "categories"}}]}; `deny_rules` may be left out. Strict: a
  // condition that is not understood must not become a rule without it. `reach`, our own member,
  // stands in the rule of a case system and in no other; each case system is named in full, in one
  // rule. Errors: INVALID_ARGUMENT with a sentence for whatever is unknown, repeated, missing or
  // empty.
  static absl::StatusOr<Policy> Parse(const std::string& json);
  // The same of a file. Errors: NOT_FOUND as well.
  static absl::StatusOr<Policy> Load(const std::string& file);

  // Tells whether the holder of `spiffe_id` may call `path` ("/package.Service/Method").
  bool Allows(absl::string_view spiffe_id, absl::string_view path) const;

  // Returns what a case system may touch; nothing for a holder of whom no rule says it.
  Reach ReachOf(absl::string_view spiffe_id) const;

  // Returns the SHA-256 of the text that it was read from, in hexadecimal digits.
  const std::string& digest() const { return digest_; }

 private:
  std::vector<PolicyRule> deny_, allow_;
  std::string digest_;
};

}  // namespace bitrade::rpc
