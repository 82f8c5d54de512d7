// The bodies that the provider's control interface reads and writes.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tests/eid-sim/oidc/authorization.h"
#include "tests/eid-sim/oidc/endpoint_faults.h"
#include "tests/eid-sim/oidc/realm.h"

namespace bitrade::eidsim::oidc {

struct ApprovalBody {
  std::string personal_number;
  std::string acr;  // a URI
  std::string fault;
};

// Errors of all: INVALID_ARGUMENT naming the member.
absl::StatusOr<ApprovalBody> ParseApproval(absl::string_view body);
absl::StatusOr<Denial> ParseDenial(absl::string_view body);
absl::StatusOr<EndpointFault> ParseEndpointFault(absl::string_view body);

// Members that are missing leave `present` as it is.
absl::StatusOr<ProviderSettings> ParseSettings(absl::string_view body,
                                               const ProviderSettings& present);

// {"authorizations": […]}
std::string AuthorizationsJson(const std::vector<Authorization>& logins);

// Tells whether "where.what" names a fault of one log-in or logout.
bool IsFault(absl::string_view fault);

// {"faults": […], "spoilings": […]}
std::string FaultNamesJson();

}  // namespace bitrade::eidsim::oidc
