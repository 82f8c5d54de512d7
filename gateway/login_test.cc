// Log-in through a whole gateway, on the real Redis and real processes.
#include <chrono>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gateway/http/testing/raw_client.h"
#include "gateway/sessions/token.h"
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

TEST_CASE("A browser that names itself in bytes that are no text logs in without a name") {
  World world;
  Browser browser(world);
  CHECK(StatusOf(browser.Send("POST", "logins", {{"User-Agent", "\xff\xfe"}}, kStart)) == 201);
  CHECK(world.logins.started().user_agent().empty());
  CHECK(world.logins.started().device_identifier().size() == 64);
}

TEST_CASE("Registry is told of a log-in, in which browser and why") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  const registry::v1::RecordLogInRequest told = world.profiles.last();
  CHECK(told.device_identifier() == world.logins.started().device_identifier());
  CHECK(told.purpose() == registry::v1::ENTER);
  CHECK(browser.cookies().count("__Host-login-device") == 0);
}

TEST_CASE("A browser that brings a device of its own making enters as an unknown one") {
  World world;
  for (const std::string& forged : {std::string("\xff\xfe"), std::string(64, 'x')}) {
    Browser browser(world);
    world.logins.state = identity::v1::Login::PENDING;
    browser.Send("POST", "logins", {}, kStart);
    browser.cookies()["__Host-login-device"] = forged;
    world.logins.state = identity::v1::Login::COMPLETE;
    CHECK(TextAfter(browser.Get(kLoginPath), "\"state\":\"") == "COMPLETE");
    CHECK(world.profiles.last().device_identifier().empty());
  }
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
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
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

TEST_CASE("Who starts log-ins too often waits as long as the answer says, in whatever network") {
  World world({.login_minute = 1'000'000,
               .login_hour = 1'000'000,
               .login_device_minute = 2,
               .login_all_minute = 1'000'000});
  Browser browser(world);
  for (int i = 0; i < 3; ++i) {  // the first brings no device
    CHECK(StatusOf(browser.Send("POST", "logins", {}, kStart)) == 201);
  }
  const std::string refused = browser.Send("POST", "logins", {}, kStart);
  CHECK(StatusOf(refused) == 429);
  CHECK(TextAfter(refused, "\"reason\":\"") == "RATE_LIMITED");
  int seconds = 0;
  REQUIRE(absl::SimpleAtoi(HeaderOf(refused, "Retry-After"), &seconds));
  CHECK(seconds >= 1);
  CHECK(seconds <= 60);
  CHECK(StatusOf(Browser(world).Send("POST", "logins", {}, kStart)) == 201);
}

TEST_CASE("Who makes a cookie for each look, or each end, waits as well") {
  for (const char* method : {"GET", "DELETE"}) {
    World world({.login_look_second = 1});
    Browser browser(world);
    int status = 404;
    for (int i = 0; i < 600 && status == 404; ++i) {
      browser.cookies()["__Host-login"] = NewToken();
      status = StatusOf(browser.Send(method, kLoginPath));
    }
    CHECK(status == 429);
    CHECK(StatusOf(browser.Get("api-info")) == 200);
  }
}

TEST_CASE("Who looks at a log-in more than twice a second is told to wait, and nobody else is") {
  World world({.login_minute = 1'000'000,
               .login_hour = 1'000'000,
               .login_device_minute = 1'000'000,
               .login_all_minute = 1'000'000});
  Browser hasty(world), calm(world);
  calm.Send("POST", "logins", {}, kStart);
  hasty.Send("POST", "logins", {}, kStart);
  for (int i = 0; i < 20; ++i) CHECK(StatusOf(hasty.Get(kLoginPath)) == 200);
  const std::string refused = hasty.Get(kLoginPath);
  CHECK(StatusOf(refused) == 429);
  CHECK(TextAfter(refused, "\"reason\":\"") == "RATE_LIMITED");
  CHECK(StatusOf(calm.Get(kLoginPath)) == 404);
}

}  // namespace
}  // namespace bitrade::gateway::testing
