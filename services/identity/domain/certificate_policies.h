// Which kinds of BankID an order may be completed with: object identifiers in the user's
// certificate.
#pragma once

#include <string>
#include <vector>

#include "services/identity/domain/login.h"

namespace bitrade::identity {

// BankID's two worlds, which share no certificate.
enum class PolicySet { kProduction, kTest };

// Returns the policies to ask for: file and card for BANKID, mobile for MOBILE_BANKID, none for
// TELIA. The same list checks the certificate that answers.
std::vector<std::string> CertificatePolicies(Method method, PolicySet set);

}  // namespace bitrade::identity
