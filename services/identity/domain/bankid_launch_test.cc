#include "services/identity/domain/bankid_launch.h"

#include "services/common/testing/catch.h"

namespace bitrade::identity {
namespace {

TEST_CASE("A computer and a phone open the app by links of their own", "[identity][domain]") {
  CHECK(LaunchUrl(Method::kBankId, "t0") == "bankid:///?autostarttoken=t0&redirect=null");
  CHECK(LaunchUrl(Method::kMobileBankId, "t0") == "https://app.bankid.com/?autostarttoken=t0");
  CHECK(LaunchUrl(Method::kTelia, "t0").empty());
}

TEST_CASE("The app sends the browser back to the gateway, with the nonce", "[identity][domain]") {
  CHECK(LoginReturnUrl("https://bitrade.example", "n0") ==
        "https://bitrade.example/bitrade/v1/logins/bankid-return?nonce=n0");
  const auto signature = SignatureId::Trusted("00000000-0000-7000-8000-000000000001");
  CHECK(SignatureReturnUrl("https://bitrade.example", signature, "n0") ==
        "https://bitrade.example/bitrade/v1/signatures/bankid-return"
        "?signature=00000000-0000-7000-8000-000000000001&nonce=n0");
}

}  // namespace
}  // namespace bitrade::identity
