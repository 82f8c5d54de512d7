// Log-in on the same device through a whole gateway: the session comes with the return.
#include <chrono>
#include <future>
#include <thread>

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

constexpr char kStart[] = R"({"method": "BANKID", "start": "SAME_DEVICE"})";
constexpr char kReturn[] = "logins/bankid-return?nonce=nonce";
constexpr char kRefused[] = "https://bitrade.example/#state=FAILED&reason=LOGIN_RETURN_REFUSED";

std::string Ended(absl::string_view page, absl::string_view how) {
  return absl::StrCat(page, "#login=0190f5a2-7c3e-7b1d-8f00-00000000000a&state=", how);
}

TEST_CASE("On the same device a log-in shows a link, and asking again gives no session") {
  World world;
  Browser browser(world);
  const std::string started = browser.Send("POST", "logins", {}, kStart);
  CHECK(StatusOf(started) == 201);
  CHECK(TextAfter(started, "\"launchUrl\":\"") == "bankid:///?autostarttoken=t");
  CHECK(TextAfter(started, "\"next\":\"") == "RETURN");
  CHECK(TextAfter(started, "\"qr\":\"").empty());
  world.logins.state = identity::v1::Login::COMPLETE;
  const std::string asked = browser.Get(kLoginPath);
  CHECK(TextAfter(asked, "\"state\":\"") == "PENDING");
  CHECK(TextAfter(asked, "\"next\":\"") == "RETURN");
  CHECK(browser.cookies().count("__Host-session") == 0);
}

TEST_CASE("The browser that began comes back with the nonce and goes on with a session") {
  World world;
  Browser browser(world);
  browser.Send("POST", "logins", {}, kStart);
  world.logins.state = identity::v1::Login::COMPLETE;
  const std::string answer = browser.Get(kReturn);
  CHECK(StatusOf(answer) == 303);
  CHECK(HeaderOf(answer, "Location") == Ended("https://bitrade.example/", "COMPLETE"));
  CHECK(HeaderOf(answer, "Cache-Control") == "private, no-store");
  CHECK(HeaderOf(answer, "Referrer-Policy") == "no-referrer");
  CHECK(browser.cookies().count("__Host-login") == 0);
  CHECK(StatusOf(browser.Get("session")) == 200);
}

TEST_CASE("Who comes back from another site comes in the browser that began") {
  World world;
  Browser browser(world);
  browser.Send("POST", "logins", {}, kStart);
  world.logins.state = identity::v1::Login::COMPLETE;
  browser.cookies().erase("__Host-device");
  browser.Get(kReturn);
  const std::string device = world.profiles.last().device_identifier();
  CHECK(device.size() == 64);
  CHECK(device == world.logins.started().device_identifier());
}

TEST_CASE("Neither nonce nor cookie alone brings anybody in, nor both twice") {
  World world;
  Browser mine(world), other(world);
  mine.Send("POST", "logins", {}, kStart);
  const auto kept = mine.cookies();
  world.logins.state = identity::v1::Login::COMPLETE;
  CHECK(HeaderOf(other.Get(kReturn), "Location") == kRefused);
  CHECK(HeaderOf(mine.Get("logins/bankid-return?nonce=another"), "Location") == kRefused);
  CHECK(HeaderOf(mine.Get("logins/bankid-return?nonce="), "Location") == kRefused);
  CHECK(mine.cookies().count("__Host-session") == 0);
  CHECK(StatusOf(mine.Get(kReturn)) == 303);
  CHECK(mine.cookies().count("__Host-session") == 1);
  other.cookies() = kept;
  CHECK(HeaderOf(other.Get(kReturn), "Location") == kRefused);
  CHECK(other.cookies().count("__Host-session") == 0);
}

TEST_CASE("A return waits for the provider's answer, which is on its way") {
  World world;
  Browser browser(world);
  browser.Send("POST", "logins", {}, kStart);
  auto answer = std::async(std::launch::async, [&] { return browser.Get(kReturn); });
  while (world.logins.awaits_return) std::this_thread::yield();
  world.logins.state = identity::v1::Login::COMPLETE;
  CHECK(HeaderOf(answer.get(), "Location") == Ended("https://bitrade.example/", "COMPLETE"));
  CHECK(browser.cookies().count("__Host-session") == 1);
}

TEST_CASE("Who is back and has to wait all the same gets the session by asking again") {
  World world;
  Browser browser(world);
  browser.Send("POST", "logins", {}, kStart);
  world.StopRegistry();
  world.logins.state = identity::v1::Login::COMPLETE;
  CHECK(HeaderOf(browser.Get(kReturn), "Location") == Ended("https://bitrade.example/", "PENDING"));
  CHECK(browser.cookies().count("__Host-session") == 0);
  world.StartRegistry();
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (browser.cookies().count("__Host-session") == 0 && std::chrono::steady_clock::now() < end) {
    browser.Get(kLoginPath);
  }
  CHECK(browser.cookies().count("__Host-session") == 1);
}

TEST_CASE("A return that counted is not asked for again while the log-in cannot be taken up") {
  World world;
  Browser browser(world);
  browser.Send("POST", "logins", {}, kStart);
  world.logins.state = identity::v1::Login::COMPLETE;
  world.logins.takes_up = false;
  CHECK(HeaderOf(browser.Get(kReturn), "Location") == Ended("https://bitrade.example/", "PENDING"));
  CHECK(browser.cookies().count("__Host-session") == 0);
  world.logins.takes_up = true;
  CHECK(TextAfter(browser.Get(kLoginPath), "\"state\":\"") == "COMPLETE");
  CHECK(browser.cookies().count("__Host-session") == 1);
}

TEST_CASE("What ended without a person is told to the page") {
  World world;
  world.profiles.count = 0;
  Browser browser(world);
  browser.Send("POST", "logins", {}, kStart);
  world.logins.state = identity::v1::Login::COMPLETE;
  CHECK(HeaderOf(browser.Get(kReturn), "Location") ==
        Ended("https://bitrade.example/", "FAILED&reason=NOT_IN_REGISTER"));
  CHECK(browser.cookies().count("__Host-session") == 0);
}

TEST_CASE("The browser goes on to the page that the log-in asked for, of the list alone") {
  World world;
  Browser browser(world);
  const auto with_page = [](absl::string_view page) {
    return absl::StrCat(R"({"method": "BANKID", "start": "SAME_DEVICE", "returnPage": ")", page,
                        R"("})");
  };
  const std::string elsewhere =
      browser.Send("POST", "logins", {}, with_page("https://bitrade.example.evil/"));
  CHECK(TextAfter(elsewhere, "\"reason\":\"") == "INVALID_REQUEST");
  browser.Send("POST", "logins", {}, with_page("https://bitrade.example/apply"));
  world.logins.state = identity::v1::Login::COMPLETE;
  CHECK(HeaderOf(browser.Get(kReturn), "Location") ==
        Ended("https://bitrade.example/apply", "COMPLETE"));
}

TEST_CASE("While identity is down the browser comes again by itself") {
  World world;
  Browser browser(world);
  browser.Send("POST", "logins", {}, kStart);
  world.identity->Stop();
  const std::string answer = browser.Get(kReturn);
  CHECK(StatusOf(answer) == 503);
  CHECK(HeaderOf(answer, "Refresh") == "2");
}

TEST_CASE("A new start says which cookie the browser had, and gets another") {
  World world;
  Browser browser(world);
  browser.Send("POST", "logins", {}, kStart);
  CHECK(world.logins.started().earlier_hash().empty());
  const std::string first = browser.cookies()["__Host-login"];
  browser.Send("POST", "logins", {}, kStart);
  CHECK(world.logins.started().earlier_hash() == crypto::Sha256(first));
  CHECK(browser.cookies()["__Host-login"] != first);
}

TEST_CASE("Who sends logout tokens without end is told to come later") {
  World world({.logout_minute = 1});
  Browser provider(world);
  const auto tell = [&] {
    return StatusOf(provider.Send("POST", "logins/telia-logout",
                                  {{"Content-Type", "application/x-www-form-urlencoded"}},
                                  "logout_token=x.y.z"));
  };
  CHECK(tell() != 429);
  CHECK(tell() == 429);
}

}  // namespace
}  // namespace bitrade::gateway::testing
