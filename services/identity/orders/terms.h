// What every order at BankID says of us, and how we judge its answer.
#pragma once

#include <string>

#include "services/identity/domain/address.h"
#include "services/identity/domain/certificate_policies.h"

namespace bitrade::identity {

struct OrderTerms {
  PolicySet policies = PolicySet::kProduction;
  std::string referring_domain;  // of the page; "" leaves it out
  std::string public_base;       // of the gateway: where the app sends the browser back to
  AddressRule address_rule = AddressRule::kSignal;
};

}  // namespace bitrade::identity
