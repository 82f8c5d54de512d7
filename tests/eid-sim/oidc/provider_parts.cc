#include "tests/eid-sim/oidc/provider_parts.h"

namespace bitrade::eidsim::oidc {

absl::StatusOr<Person> ProviderParts::FindPerson(absl::string_view personal_number) const {
  for (const Person& person : persons()) {
    if (person.personal_number != personal_number) continue;
    if (person.blocked) return absl::FailedPreconditionError("the e-legitimation is blocked");
    return person;
  }
  return absl::NotFoundError("no such person");
}

}  // namespace bitrade::eidsim::oidc
