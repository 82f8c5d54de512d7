// What every order at BankID says of us.
#pragma once

#include <string>

#include "services/identity/domain/certificate_policies.h"

namespace bitrade::identity {

struct OrderTerms {
  PolicySet policies = PolicySet::kProduction;
  std::string referring_domain;  // of the page; "" leaves it out
};

}  // namespace bitrade::identity
