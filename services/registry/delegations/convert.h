// Delegations between the domain and the wire.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "bitrade/registry/v1/delegation.pb.h"
#include "bitrade/registry/v1/delegation_service.pb.h"
#include "services/registry/delegations/facts_store.h"
#include "services/registry/delegations/store.h"

namespace bitrade::registry {

// What a counsel asks for, apart from whom.
struct NewDelegation {
  std::string name;
  std::vector<std::string> scopes;
  std::optional<absl::CivilDay> from;
  std::optional<absl::CivilDay> to;
};

// Returns what the counsel asks for; whether its days can be depends on the day.
//
// Errors: SCOPE_NOT_DELEGABLE, INVALID_REQUEST with all faults.
absl::StatusOr<NewDelegation> FromProto(const v1::CreateDelegationRequest& request);

// Returns on which side of a delegation `person` stands. Precondition: on one.
Side SideOf(const Delegation& delegation, const PersonId& person);

// Returns a delegation as `side` sees it at `now`. Never who the delegate is: an id would tell the
// counsel whether the person was known.
v1::Delegation ToProto(const NamedDelegation& named, Side side, absl::Time now);

// Returns the wire form of terms.
v1::DelegationTerms ToProto(const DelegationTerms& terms);

// Returns what other services ask of a delegation.
v1::DelegationFacts ToProto(const DelegationFacts& facts);

// Returns the same as an event carries it.
std::map<std::string, std::string> EventData(const DelegationFacts& facts);

}  // namespace bitrade::registry
