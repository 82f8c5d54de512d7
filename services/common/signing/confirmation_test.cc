#include "services/common/signing/confirmation.h"

#include <map>
#include <string>

#include "services/common/testing/catch.h"

namespace bitrade::signing {
namespace {

using bitrade::testing::ReasonOf;
using Values = std::map<std::string, std::string>;

TEST_CASE("The session's word alone is refused unless it is allowed", "[signing]") {
  config::Env silent(Values{{"BITRADE_PROFILE", "development"}});
  CHECK(LoadConfirmation(silent) == Confirmation::kRefused);
  REQUIRE_OK(silent.Finish());

  config::Env allowing(
      Values{{"BITRADE_PROFILE", "development"}, {"BITRADE_CONFIRMATION_FILING", "allow"}});
  CHECK(LoadConfirmation(allowing) == Confirmation::kAllowed);
  REQUIRE_OK(allowing.Finish());
}

TEST_CASE("Production does not start where the session's word is allowed", "[signing]") {
  config::Env named(
      Values{{"BITRADE_PROFILE", "production"}, {"BITRADE_CONFIRMATION_FILING", "allow"}});
  LoadConfirmation(named);
  CHECK_FALSE(named.Finish().ok());

  config::Env by_default(Values{{"BITRADE_CONFIRMATION_FILING", "allow"}});
  LoadConfirmation(by_default);
  CHECK_FALSE(by_default.Finish().ok());
}

TEST_CASE("Where the session's word is refused a signature is required", "[signing]") {
  REQUIRE_OK(CheckConfirmation(Confirmation::kAllowed));
  CHECK(ReasonOf(CheckConfirmation(Confirmation::kRefused)) == "SIGNATURE_REQUIRED");
}

}  // namespace
}  // namespace bitrade::signing
