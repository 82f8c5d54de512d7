// The page to which the authorization endpoint leads: a developer chooses who logs in, and how it
// ends. It works without scripts.
#pragma once

#include <string>
#include <vector>

#include "tests/eid-sim/oidc/authorization.h"

namespace bitrade::eidsim::oidc {

std::string LoginPage(const Authorization& login, const std::vector<Person>& persons);

}  // namespace bitrade::eidsim::oidc
