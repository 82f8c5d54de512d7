// A register in which Astrid is counsel, and what counsel and delegates do to delegations there.
#pragma once

#include <memory>
#include <string>

#include "services/registry/testing/register.h"

namespace bitrade::registry::testing {

// Returns how Astrid draws up a delegation for Disa, with the usual scopes.
v1::CreateDelegationRequest ForDisa(const std::string& key);

struct Delegating : Register {
  explicit Delegating(Confirmation confirmation = Confirmation::kAllowed);

  absl::StatusOr<v1::Delegation> Create(const v1::CreateDelegationRequest& request);
  // Gives it in, by a signature unless that is "".
  absl::StatusOr<v1::Delegation> File(const v1::Delegation& delegation,
                                      const std::string& signature, const std::string& key);
  absl::StatusOr<v1::Delegation> Accept(const v1::Delegation& delegation, int terms = 1);
  absl::StatusOr<google::protobuf::Empty> Revoke(const v1::Delegation& delegation);
  absl::StatusOr<v1::Delegation> Get(const std::string& id);

  std::unique_ptr<v1::DelegationService::Stub> stub;
};

}  // namespace bitrade::registry::testing
