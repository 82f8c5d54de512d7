#include "services/identity/oidc_logins/settings.h"

#include <map>

#include "absl/strings/match.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/fakes.h"

namespace bitrade::identity {
namespace {

using Values = std::map<std::string, std::string>;

Values Good() {
  return {{"BITRADE_TELIA_ISSUER", "https://id.example"},
          {"BITRADE_TELIA_CLIENT_ID", "bitrade"},
          {"BITRADE_TELIA_KEY", "/run/relying-party.pem"},
          {"BITRADE_TELIA_REDIRECT", "https://bitrade.example/bitrade/v1/logins/telia-return"},
          {"BITRADE_TELIA_CA", "/run/ca.pem"}};
}

// What is wrong with the good settings once `name` has another value; "" takes it out.
std::string FaultsWith(const std::string& name, const std::string& value) {
  Values values = Good();
  values[name] = value;
  if (value.empty()) values.erase(name);
  config::Env env(values);
  ReadTelia(env);
  return std::string(env.Finish().message());
}

TEST_CASE("Without an issuer nobody logs in with Telia", "[identity][oidc]") {
  config::Env env(Values{});
  CHECK_FALSE(ReadTelia(env).has_value());
  REQUIRE_OK(env.Finish());
  const testing::FakeClock clock(absl::UnixEpoch());
  const auto none = StartTelia(std::nullopt, clock);
  REQUIRE_OK(none);
  CHECK(*none == nullptr);
}

TEST_CASE("Usually levels 3 and 4 are accepted, and no coordination number", "[identity][oidc]") {
  config::Env env(Good());
  const auto settings = ReadTelia(env);
  REQUIRE_OK(env.Finish());
  REQUIRE(settings.has_value());
  CHECK(settings->terms.levels == oidc::kAcceptedLevels);
  CHECK(settings->terms.coordination_numbers == oidc::CoordinationNumbers::kRefused);
  CHECK(settings->terms.authn_provider.empty());
}

TEST_CASE("What is off usually is switched on by its own word", "[identity][oidc]") {
  Values values = Good();
  values["BITRADE_TELIA_UNCERTIFIED"] = "accept";
  values["BITRADE_TELIA_COORDINATION_NUMBERS"] = "confirmed";
  config::Env env(values);
  const auto settings = ReadTelia(env);
  REQUIRE_OK(env.Finish());
  CHECK(settings->terms.levels.back() == oidc::kUncertifiedLevel);
  CHECK(settings->terms.coordination_numbers == oidc::CoordinationNumbers::kConfirmed);
}

TEST_CASE("Settings that lack something or are not https are refused", "[identity][oidc]") {
  for (const char* const name : {"CLIENT_ID", "KEY", "REDIRECT", "CA"}) {
    const std::string full = std::string("BITRADE_TELIA_") + name;
    CHECK(absl::StrContains(FaultsWith(full, ""), full));
  }
  CHECK(absl::StrContains(FaultsWith("BITRADE_TELIA_ISSUER", "http://id.example"), "not https"));
  for (const char* const ours : {"BITRADE_TELIA_REDIRECT", "BITRADE_TELIA_LOGOUT_REDIRECT"}) {
    CHECK(absl::StrContains(FaultsWith(ours, "http://a.example"), "not https"));
    CHECK(absl::StrContains(FaultsWith(ours, "http://localhost.a.example/"), "not https"));
    CHECK(absl::StrContains(FaultsWith(ours, "http://localhost:7480/"), "not https"));
  }
  CHECK_FALSE(FaultsWith("BITRADE_TELIA_UNCERTIFIED", "yes").empty());
}

TEST_CASE("A developer's browser may come back over loopback, in clear", "[identity][oidc]") {
  Values values = Good();
  values["BITRADE_PROFILE"] = "development";
  values["BITRADE_TELIA_REDIRECT"] = "http://localhost:7480/bitrade/v1/logins/telia-return";
  values["BITRADE_TELIA_LOGOUT_REDIRECT"] = "http://localhost:7480/";
  config::Env env(values);
  const auto settings = ReadTelia(env);
  REQUIRE_OK(env.Finish());
  CHECK(settings->terms.logout_redirect_uri == "http://localhost:7480/");
}

TEST_CASE("A key or a CA that is not there keeps identity from starting", "[identity][oidc]") {
  config::Env env(Good());
  const testing::FakeClock clock(absl::UnixEpoch());
  CHECK(testing::CodeOf(StartTelia(ReadTelia(env), clock)) ==
        absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace bitrade::identity
