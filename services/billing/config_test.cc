#include "services/billing/config.h"

#include "services/common/testing/catch.h"

namespace bitrade::billing {
namespace {

using Values = std::map<std::string, std::string>;

TEST_CASE("A filing by the session alone is refused unless it is allowed", "[billing][unit]") {
  config::Env silent(Values{{"BITRADE_PROFILE", "development"}});
  CHECK(LoadConfig(silent).confirmation == signing::Confirmation::kRefused);
  REQUIRE_OK(silent.Finish());

  config::Env allowing(
      {{"BITRADE_PROFILE", "development"}, {"BITRADE_CONFIRMATION_FILING", "allow"}});
  CHECK(LoadConfig(allowing).confirmation == signing::Confirmation::kAllowed);
  REQUIRE_OK(allowing.Finish());
}

TEST_CASE("Production does not start with filings by the session alone", "[billing][unit]") {
  config::Env named({{"BITRADE_PROFILE", "production"}, {"BITRADE_CONFIRMATION_FILING", "allow"}});
  LoadConfig(named);
  CHECK_FALSE(named.Finish().ok());

  config::Env by_default(Values{{"BITRADE_CONFIRMATION_FILING", "allow"}});
  LoadConfig(by_default);
  CHECK_FALSE(by_default.Finish().ok());
}

}  // namespace
}  // namespace bitrade::billing
