#include "services/identity/domain/certificate_policies.h"

#include "services/common/testing/catch.h"

namespace bitrade::identity {
namespace {

using Policies = std::vector<std::string>;

TEST_CASE("Each method asks for its own kinds of BankID alone", "[identity][domain]") {
  CHECK(CertificatePolicies(Method::kBankId, PolicySet::kProduction) ==
        Policies{"1.2.752.78.1.1", "1.2.752.78.1.2"});
  CHECK(CertificatePolicies(Method::kMobileBankId, PolicySet::kProduction) ==
        Policies{"1.2.752.78.1.5"});
  CHECK(CertificatePolicies(Method::kBankId, PolicySet::kTest) ==
        Policies{"1.2.3.4.5", "1.2.3.4.10"});
  CHECK(CertificatePolicies(Method::kMobileBankId, PolicySet::kTest) == Policies{"1.2.3.4.25"});
  CHECK(CertificatePolicies(Method::kTelia, PolicySet::kTest).empty());
}

}  // namespace
}  // namespace bitrade::identity
