#include "services/common/config/env.h"

#include "services/common/testing/catch.h"

namespace bitrade::config {
namespace {

TEST_CASE("Every fault is reported at once", "[config][unit]") {
  Env env({{"BITRADE_THREADS", "many"}, {"BITRADE_PROFILE", "other"}, {"BITRADE_TYPO", "1"}});
  env.Required("BITRADE_ADDRESS");
  CHECK(env.Number("BITRADE_THREADS", 4, 1, 64) == 4);
  env.Choice("BITRADE_PROFILE", {"production", "development"});
  const std::string faults(env.Finish().message());
  for (const char* name :
       {"BITRADE_ADDRESS", "BITRADE_THREADS", "BITRADE_PROFILE", "BITRADE_TYPO"}) {
    CHECK(faults.find(name) != std::string::npos);
  }
}

TEST_CASE("Missing optional settings take their default", "[config][unit]") {
  Env env({});
  CHECK(env.Optional("BITRADE_A", "x") == "x");
  CHECK(env.Choice("BITRADE_B", {"production", "development"}) == "production");
  CHECK(env.Finish().ok());
}

TEST_CASE("Passwords are masked in print", "[config][unit]") {
  Env env({{"BITRADE_DATABASE_URL", "host=db password=hemligt user=app"},
           {"BITRADE_URL", "postgres://app:hemligt@db/x"}});
  env.Required("BITRADE_DATABASE_URL");
  env.Required("BITRADE_URL");
  CHECK(env.Print().find("hemligt") == std::string::npos);
  CHECK(env.Print().find("user=app") != std::string::npos);
}

}  // namespace
}  // namespace bitrade::config
