// What the endpoints of the provider and its control interface share.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/base/clock.h"
#include "tests/eid-sim/oidc/authorizations.h"
#include "tests/eid-sim/oidc/endpoint_faults.h"
#include "tests/eid-sim/oidc/realm.h"

namespace bitrade::eidsim::oidc {

// Everybody who has an e-legitimation.
using PersonSource = std::function<std::vector<Person>()>;

// Thread-safe.
struct ProviderParts {
  ProviderParts(const Clock& clock, PersonSource source)
      : logins(clock), persons(std::move(source)) {}

  // Errors: NOT_FOUND for nobody, FAILED_PRECONDITION for a blocked e-legitimation.
  absl::StatusOr<Person> FindPerson(absl::string_view personal_number) const;

  Issuing IssuingNow() { return realm.IssuingAt(logins.SharedTime()); }

  Realm realm;
  Authorizations logins;
  EndpointFaults faults;
  PersonSource persons;
};

}  // namespace bitrade::eidsim::oidc
