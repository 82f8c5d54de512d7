// Log-in and sessions through a whole gateway, on the real Redis and real processes.
#include <chrono>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/http/testing/raw_client.h"
#include "gateway/testing/world.h"
#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway::testing {
namespace {

using http::testing::HeaderOf;
using http::testing::StatusOf;

constexpr char kStart[] = R"({"method": "MOBILE_BANKID", "start": "OTHER_DEVICE"})";

TEST_CASE("A log-in is bound to a cookie of which identity sees the hash alone") {
  World world;
  Browser browser(world);
  const std::string answer = browser.Send("POST", "logins", {{"User-Agent", "test"}}, kStart);
  CHECK(StatusOf(answer) == 201);
  CHECK(HeaderOf(answer, "Location") == absl::StrCat("/bitrade/v1/", kLoginPath));
  CHECK(absl::StrContains(answer, "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600"));
  const identity::v1::StartLoginRequest started = world.logins.started();
  CHECK(started.secret_hash() == crypto::Sha256(browser.cookies()["__Host-login"]));
  CHECK(started.method() == "MOBILE_BANKID");
  CHECK(started.start() == "OTHER_DEVICE");
  CHECK(started.end_user_ip() == "127.0.0.1");
  CHECK(started.user_agent() == "test");
  CHECK(started.device_identifier().size() == 64);
}

TEST_CASE("A pending log-in shows its QR text to the browser that began it, in its language") {
  World world;
  Browser mine(world), other(world);
  mine.Send("POST", "logins", {}, kStart);
  const std::string swedish = mine.Get(kLoginPath);
  CHECK(TextAfter(swedish, "\"qr\":\"") == "bankid.qr");
  CHECK(TextAfter(swedish, "\"next\":\"") == "POLL");
  CHECK(TextAfter(swedish, "\"message\":\"") == "Öppna appen.");
  CHECK(TextAfter(mine.Get(kLoginPath, {{"Accept-Language", "en"}}), "\"message\":\"") ==
        "Open the app.");
  CHECK(StatusOf(other.Get(kLoginPath)) == 404);
  other.cookies()["__Host-login"] = std::string(43, 'A');
  CHECK(StatusOf(other.Get(kLoginPath)) == 404);
}

TEST_CASE("Who completes a log-in gets a session of her own, and the log-in's cookie is gone") {
  World world;
  Browser browser(world);
  const std::string planted(43, 'A');
  browser.cookies()["__Host-session"] = planted;
  const std::string answer = browser.LogIn(world);
  CHECK(TextAfter(answer, "\"state\":\"") == "COMPLETE");
  CHECK(absl::StrContains(answer, "; Path=/; Secure; HttpOnly; SameSite=Strict\r\n"));
  CHECK(browser.cookies().count("__Host-login") == 0);
  CHECK(browser.cookies()["__Host-session"] != planted);
  const std::string session = browser.Get("session");
  CHECK(TextAfter(session, "\"name\":\"") == "Astrid Exempelsson");
  CHECK(TextAfter(session, "\"actingFor\":\"") == "0190f5a2-7c3e-7b1d-8f00-0000000000aa");
  CHECK(HeaderOf(session, "Cache-Control") == "private, no-store");
}

TEST_CASE("Who has no place in the register is told so, with an address, and gets no session") {
  World world;
  world.profiles.count = 0;
  Browser browser(world);
  const std::string answer = browser.LogIn(world);
  CHECK(StatusOf(answer) == 200);
  CHECK(TextAfter(answer, "\"state\":\"") == "FAILED");
  CHECK(TextAfter(answer, "\"reason\":\"") == "NOT_IN_REGISTER");
  CHECK(TextAfter(answer, "\"contactAddress\":\"") == "support@agency.example");
  CHECK(browser.cookies().count("__Host-session") == 0);
}

TEST_CASE("A register that is down for a moment costs nobody the log-in") {
  World world;
  Browser browser(world);
  world.StopRegistry();
  CHECK(TextAfter(browser.LogIn(world), "\"state\":\"") == "PENDING");
  CHECK(browser.cookies().count("__Host-session") == 0);
  world.StartRegistry();
  std::string answer;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (TextAfter(answer, "\"state\":\"") != "COMPLETE" &&
         std::chrono::steady_clock::now() < end) {
    answer = browser.Get(kLoginPath);
  }
  CHECK(TextAfter(answer, "\"state\":\"") == "COMPLETE");
}

TEST_CASE("A log-in can be given up") {
  World world;
  Browser browser(world);
  browser.Send("POST", "logins", {}, kStart);
  const std::string answer = browser.Send("DELETE", kLoginPath);
  CHECK(StatusOf(answer) == 204);
  CHECK(browser.cookies().count("__Host-login") == 0);
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
  CHECK(TextAfter(browser.Get("counsel"), "\"id\":\"") == kPrincipal);
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
  browser.cookies()["__Host-session"] = kept;
  const std::string refused = browser.Get("session");
  CHECK(StatusOf(refused) == 401);
  CHECK(TextAfter(refused, "\"reason\":\"") == "SESSION_REQUIRED");
  CHECK(HeaderOf(refused, "WWW-Authenticate") == "Session realm=\"bitrade\"");
}

}  // namespace
}  // namespace bitrade::gateway::testing
