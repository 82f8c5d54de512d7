// Sessions through a whole gateway, on the real Redis and real processes.
#include <chrono>
#include <future>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/http/testing/raw_client.h"
#include "gateway/testing/world.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway::testing {
namespace {

using http::testing::HeaderOf;
using http::testing::StatusOf;

// Every log-in of these tests begins this one.
constexpr char kSession[] = "0190f5a2-7c3e-7b1d-8f00-0000000000bb";
constexpr char kNobodys[] = "0190f5a2-7c3e-7b1d-8f00-0000000000ff";

std::map<std::string, std::string> CsrfOf(const Browser& browser) {
  return {{"X-CSRF-Token", browser.csrf()}};
}

TEST_CASE("A change needs the session's token and one of our own pages") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  const std::string missing = browser.Send("DELETE", "session");
  CHECK(StatusOf(missing) == 403);
  CHECK(TextAfter(missing, "\"reason\":\"") == "CSRF_REQUIRED");
  CHECK(StatusOf(browser.Send("DELETE", "session", {{"X-CSRF-Token", "guess"}})) == 403);
  CHECK(StatusOf(browser.Send(
            "DELETE", "session",
            {{"X-CSRF-Token", browser.csrf()}, {"Origin", "https://evil.example"}})) == 403);
  CHECK(StatusOf(browser.Get("session")) == 200);
}

std::string SwitchTo(Browser& browser, absl::string_view counsel) {
  return browser.Send("PUT", "session/profile", {{"X-CSRF-Token", browser.csrf()}},
                      absl::StrCat(R"({"counselId": ")", counsel, R"("})"));
}

TEST_CASE(
    "Who switches profile goes on with a new cookie and a new token, and acts for the other") {
  World world;
  world.profiles.count = 2;
  Browser browser(world);
  browser.LogIn(world);
  const std::string old = browser.cookies()["__Host-session"];
  const std::string switched = SwitchTo(browser, kPrincipal);
  REQUIRE(StatusOf(switched) == 200);
  CHECK(TextAfter(switched, "\"actingFor\":\"") == kPrincipal);
  CHECK(TextAfter(switched, "\"csrfToken\":\"") != browser.csrf());
  CHECK(browser.cookies()["__Host-session"] != old);
  CHECK(TextAfter(browser.Get("session"), "\"actingFor\":\"") == kPrincipal);
  const std::string counsel = browser.Get("counsel");
  CHECK(TextAfter(counsel, "\"id\":\"") == kPrincipal);
  CHECK(absl::StartsWith(TextAfter(counsel, "\"name\":\""), "ticket rotated|"));
}

TEST_CASE("A session claims no authority that has ended, and says when nobody can tell") {
  World world;
  world.profiles.count = 2;
  Browser browser(world);
  browser.LogIn(world);
  const auto state = [&] { return TextAfter(browser.Get("session"), "\"actingState\":\""); };
  CHECK(state() == "IN_FORCE");
  REQUIRE(StatusOf(SwitchTo(browser, kPrincipal)) == 200);
  CHECK(state() == "IN_FORCE");
  world.profiles.count = 1;
  CHECK(state() == "ENDED");
  CHECK_FALSE(absl::StrContains(browser.Get("session"), kPrincipal));
  world.StopRegistry();
  CHECK(state() == "UNCONFIRMED");
  CHECK(TextAfter(browser.Get("session"), "\"actingFor\":\"") == kPrincipal);
}

TEST_CASE("What is under way with the old cookie ends as it began, from the same browser alone") {
  World world;
  world.profiles.count = 2;
  Browser browser(world), parallel(world);
  browser.LogIn(world);
  parallel.cookies() = browser.cookies();
  REQUIRE(StatusOf(SwitchTo(browser, kPrincipal)) == 200);
  CHECK(TextAfter(parallel.Get("session"), "\"actingFor\":\"") ==
        "0190f5a2-7c3e-7b1d-8f00-0000000000aa");
  CHECK(StatusOf(parallel.Get("session", {{"User-Agent", "another"}})) == 401);
  const std::string again =
      parallel.Send("PUT", "session/profile", {{"X-CSRF-Token", browser.csrf()}},
                    absl::StrCat(R"({"counselId": ")", kPrincipal, R"("})"));
  CHECK(StatusOf(again) == 409);
}

TEST_CASE("Who switches while identity is down acts for the other with the ticket that she has") {
  World world;
  world.profiles.count = 2;
  world.ends.unavailable = true;
  Browser browser(world);
  browser.LogIn(world);
  REQUIRE(StatusOf(SwitchTo(browser, kPrincipal)) == 200);
  const std::string counsel = browser.Get("counsel");
  CHECK(TextAfter(counsel, "\"id\":\"") == kPrincipal);
  CHECK(absl::StartsWith(TextAfter(counsel, "\"name\":\""), "ticket|"));
}

TEST_CASE("Nobody switches to a profile that registry does not give her") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  const std::string refused = SwitchTo(browser, kPrincipal);
  CHECK(StatusOf(refused) == 403);
  CHECK(TextAfter(refused, "\"reason\":\"") == "PROFILE_NOT_YOURS");
  CHECK(StatusOf(SwitchTo(browser, "")) == 403);
  world.StopRegistry();
  CHECK(StatusOf(SwitchTo(browser, kPrincipal)) == 503);
  CHECK(TextAfter(browser.Get("session"), "\"csrfToken\":\"") == browser.csrf());
}

TEST_CASE("A session that was ended is gone, also for who kept its cookie") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  const std::string kept = browser.cookies()["__Host-session"];
  const std::string ended = browser.Send("DELETE", "session", {{"X-CSRF-Token", browser.csrf()}});
  CHECK(StatusOf(ended) == 204);
  CHECK(absl::StrContains(ended, "Clear-Site-Data: \"cookies\", \"storage\""));
  CHECK(world.ends.ended() == std::vector<std::string>{kSession});
  CHECK(world.ends.causes() == std::vector<std::string>{"LOGGED_OUT 127.0.0.1"});
  browser.cookies()["__Host-session"] = kept;
  const std::string refused = browser.Get("session");
  CHECK(StatusOf(refused) == 401);
  CHECK(TextAfter(refused, "\"reason\":\"") == "SESSION_REQUIRED");
  CHECK(HeaderOf(refused, "WWW-Authenticate") == "Session realm=\"bitrade\"");
}

TEST_CASE("An end that identity cannot record is one here, and said to be no more") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  const std::string kept = browser.cookies()["__Host-session"];
  world.ends.unavailable = true;
  const std::string refused = browser.Send("DELETE", "session", CsrfOf(browser));
  CHECK(StatusOf(refused) == 503);
  CHECK(browser.cookies().count("__Host-session") == 0);
  browser.cookies()["__Host-session"] = kept;
  CHECK(StatusOf(browser.Get("session")) == 401);
}

TEST_CASE("A session knows nothing of the register, and shows its profiles when it is asked") {
  World world;
  world.profiles.count = 2;
  Browser browser(world);
  browser.LogIn(world);
  const std::string profiles = browser.Get("session/profiles");
  CHECK(StatusOf(profiles) == 200);
  CHECK(TextAfter(profiles, "\"kind\":\"") == "COUNSEL");
  CHECK(absl::StrContains(profiles, kPrincipal));
  world.StopRegistry();
  CHECK(StatusOf(browser.Get("session/profiles")) == 503);
  CHECK(StatusOf(browser.Get("session")) == 200);
}

TEST_CASE("A person sees her sessions and ends one of them, wherever it is used") {
  World world;
  Browser lost(world), browser(world);
  lost.LogIn(world);
  browser.LogIn(world);
  const std::string listed = browser.Get("sessions");
  REQUIRE(StatusOf(listed) == 200);
  CHECK(TextAfter(listed, "\"id\":\"") == kSession);
  CHECK(TextAfter(listed, "\"method\":\"") == "MOBILE_BANKID");
  CHECK(TextAfter(listed, "\"userAgentFamily\":\"") == "OTHER");
  CHECK(absl::StrContains(listed, "\"current\":true"));
  CHECK_FALSE(absl::StrContains(listed, browser.cookies()["__Host-session"]));
  CHECK(StatusOf(browser.Send("DELETE", absl::StrCat("sessions/", kNobodys), CsrfOf(browser))) ==
        404);
  CHECK(StatusOf(browser.Send("DELETE", absl::StrCat("sessions/", kSession))) == 403);
  const std::string ended =
      browser.Send("DELETE", absl::StrCat("sessions/", kSession), CsrfOf(browser));
  CHECK(StatusOf(ended) == 204);
  CHECK(HeaderOf(ended, "Clear-Site-Data") == "\"cookies\", \"storage\"");  // it was its own
  CHECK(world.ends.ended() == std::vector<std::string>{kSession});
  CHECK(StatusOf(lost.Get("session")) == 401);
  CHECK(StatusOf(browser.Get("session")) == 401);
}

TEST_CASE("Who logs out everywhere is out everywhere once identity knows it, and not before") {
  World world;
  Browser other(world), browser(world);
  other.LogIn(world);
  browser.LogIn(world);
  world.ends.unavailable = true;
  CHECK(StatusOf(browser.Send("DELETE", "sessions", CsrfOf(browser))) == 503);
  CHECK(StatusOf(other.Get("session")) == 200);
  world.ends.unavailable = false;
  CHECK(StatusOf(browser.Send("DELETE", "sessions", CsrfOf(browser))) == 204);
  CHECK(world.ends.revocations() == 1);
  CHECK(browser.cookies().count("__Host-session") == 0);
  CHECK(StatusOf(other.Get("session")) == 401);
}

TEST_CASE("Who begins signatures too often waits, whatever she wants to sign and wherever from") {
  World world({.login_minute = 1'000'000,
               .login_hour = 1'000'000,
               .login_device_minute = 1'000'000,
               .login_all_minute = 1'000'000,
               .signature_minute = 1});
  Browser browser(world), other(world);
  browser.LogIn(world);
  other.LogIn(world);
  const auto begin = [&](Browser& by, absl::string_view noun) {
    std::map<std::string, std::string> headers = CsrfOf(by);
    headers["If-Match"] = "\"1\"";
    headers["Idempotency-Key"] = "\"k\"";
    return by.Send("POST", absl::StrCat(noun, "/", kNobodys, "/signature-requests"), headers,
                   R"({"method": "MOBILE_BANKID", "start": "OTHER_DEVICE"})");
  };
  CHECK(StatusOf(begin(browser, "cost-statements")) == 503);  // there is no billing here
  const std::string refused = begin(other, "delegations");
  CHECK(StatusOf(refused) == 429);
  CHECK(TextAfter(refused, "\"reason\":\"") == "RATE_LIMITED");
  const auto confirm = [&](Browser& by) {
    return StatusOf(
        by.Send("POST", absl::StrCat("signatures/", kNobodys, "/confirmation"), CsrfOf(by)));
  };
  CHECK(confirm(browser) != 429);
  CHECK(confirm(other) == 429);
}

TEST_CASE("A browser that comes back too often is told when to come again") {
  World world({.login_minute = 1'000'000,
               .login_hour = 1'000'000,
               .login_device_minute = 1'000'000,
               .login_all_minute = 1'000'000,
               .login_return_minute = 1});
  Browser browser(world);
  CHECK(StatusOf(browser.Get("logins/bankid-return?nonce=x")) == 303);
  const std::string refused = browser.Get("logins/bankid-return?nonce=x");
  CHECK(StatusOf(refused) == 429);
  CHECK(HeaderOf(refused, "Refresh") == "2");
}

// Waits until identity has been told of an end.
bool IsTold(World& world, Browser& browser) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (world.ends.ended().empty() && std::chrono::steady_clock::now() < end) {
    browser.Get("session");
  }
  return !world.ends.ended().empty();
}

TEST_CASE("Of too many sessions the oldest ends, and identity and the person are told so") {
  World world;
  Browser oldest(world), second(world), third(world), fourth(world);
  for (Browser* browser : {&oldest, &second, &third, &fourth}) {
    browser->LogIn(world);
    world.logins.session_id.back() = static_cast<char>(world.logins.session_id.back() + 1);
  }
  CHECK(StatusOf(oldest.Get("session")) == 401);
  CHECK(absl::StrContains(second.Get("session"), "\"endedSessions\":0"));
  CHECK(absl::StrContains(fourth.Get("session"), "\"endedSessions\":1"));
  CHECK(IsTold(world, second));
  CHECK(world.ends.ended() == std::vector<std::string>{kSession});
  CHECK(world.ends.causes() == std::vector<std::string>{"TOO_MANY 127.0.0.1"});
}

TEST_CASE("A gateway that ends waits for what it still has to tell identity") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  world.logins.session_id = "0190f5a2-7c3e-7b1d-8f00-0000000000bc";
  world.ends.Hold();
  browser.LogIn(world);
  world.ends.AwaitHeld();
  auto gone = std::async(std::launch::async, [&world] { world.gateway.reset(); });
  CHECK(gone.wait_for(std::chrono::milliseconds(200)) == std::future_status::timeout);
  world.ends.Release();
  gone.get();
  CHECK(world.ends.ended() == std::vector<std::string>{kSession});
}

TEST_CASE("A log-in that a page takes up again and again is one session, and ends as one") {
  World world;
  Browser browser(world), tab(world);
  browser.LogIn(world);
  for (int i = 0; i < 3; ++i) tab.LogIn(world);
  const std::string listed = browser.Get("sessions");
  CHECK(listed.find("\"id\":") == listed.rfind("\"id\":"));
  CHECK(world.ends.ended().empty());
  CHECK(StatusOf(tab.Send("DELETE", "session", CsrfOf(tab))) == 204);
  CHECK(StatusOf(browser.Get("session")) == 401);
}

TEST_CASE("A log-in ends the session that its browser had, and no other's") {
  World world;
  Browser browser(world), other(world);
  browser.LogIn(world);
  const std::string earlier = browser.cookies()["__Host-session"];
  world.logins.session_id = "0190f5a2-7c3e-7b1d-8f00-0000000000bc";
  other.LogIn(world);
  world.logins.session_id = "0190f5a2-7c3e-7b1d-8f00-0000000000bd";
  browser.LogIn(world);
  CHECK(IsTold(world, browser));
  CHECK(world.ends.ended() == std::vector<std::string>{kSession});
  CHECK(world.ends.causes() == std::vector<std::string>{"REPLACED 127.0.0.1"});
  CHECK(StatusOf(browser.Get("session")) == 200);
  CHECK(StatusOf(other.Get("session")) == 200);
  browser.cookies()["__Host-session"] = earlier;
  CHECK(StatusOf(browser.Get("session")) == 401);
}

TEST_CASE("A session that is used from elsewhere goes on, and its person sees from where") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  CHECK(StatusOf(browser.Get("session", {{"User-Agent", "another"}})) == 200);
  CHECK(TextAfter(browser.Get("sessions"), "\"network\":\"") == "127.0.0.0/24");
}

TEST_CASE("Of two headers with cookies none is believed") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  CHECK(StatusOf(browser.Get("session", {{"cookie", "a=b"}})) == 401);
}

}  // namespace
}  // namespace bitrade::gateway::testing
