// What a whole gateway tells the audit trail of its own refusals.
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/http/testing/raw_client.h"
#include "gateway/testing/world.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway::testing {
namespace {

using http::testing::StatusOf;
using identity::v1::Refusal;

constexpr char kPerson[] = "0190f5a2-7c3e-7b1d-8f00-0000000000aa";
constexpr char kSession[] = "0190f5a2-7c3e-7b1d-8f00-0000000000bb";
constexpr char kNobodys[] = "0190f5a2-7c3e-7b1d-8f00-0000000000ff";
constexpr char kRequest[] = "0190f5a2-7c3e-7b1d-8f00-0000000000e1";

const std::map<std::string, std::string> kForeign{{"Origin", "https://evil.example"}};

// Everything that it has told by its end.
std::vector<Refusal> ToldBy(World& world) {
  world.gateway.reset();
  return world.refusals.Await(0);
}

TEST_CASE("What is refused to a person who is known is told, with whom, what and where from") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  CHECK(StatusOf(browser.Send("DELETE", absl::StrCat("sessions/", kNobodys),
                              {{"X-Request-Id", kRequest}})) == 403);
  const std::vector<Refusal> told = world.refusals.Await(1);  // a second later
  REQUIRE(told.size() == 1);
  CHECK(told[0].rpc() == "bitrade.gateway.v1.SessionService/EndListedSession");
  CHECK(told[0].route() == "DELETE /bitrade/v1/sessions/{id}");
  CHECK(told[0].reason() == "CSRF_REQUIRED");
  CHECK(told[0].person_id() == kPerson);
  CHECK(told[0].acting_for() == kPerson);
  CHECK(told[0].session_id() == kSession);
  CHECK(told[0].method() == "MOBILE_BANKID");
  CHECK(told[0].request_id() == kRequest);
  CHECK(told[0].address() == "127.0.0.1");
  REQUIRE(told[0].object_ids_size() == 1);
  CHECK(told[0].object_ids(0) == kNobodys);
  CHECK(told[0].count() == 1);
  CHECK(told[0].why().empty());
}

TEST_CASE("Whatever a foreign page tries is told, also where nobody is known") {
  World world;
  Browser browser(world), stranger(world);
  browser.LogIn(world);
  CHECK(StatusOf(browser.Send("DELETE", "session", kForeign)) == 403);
  CHECK(StatusOf(stranger.Send("POST", "logins", kForeign, "{}")) == 403);
  const std::vector<Refusal> told = ToldBy(world);
  REQUIRE(told.size() == 2);
  CHECK(told[0].session_id() == kSession);
  CHECK(told[1].person_id().empty());
  CHECK(told[1].rpc() == "bitrade.gateway.v1.LoginService/CreateLogin");
  for (const Refusal& refusal : told) CHECK(refusal.why() == "FOREIGN_PAGE");
}

TEST_CASE("Who has no session, or one that opens nothing, is nobody and told to no trail") {
  World world;
  Browser browser(world), stranger(world);
  browser.LogIn(world);
  CHECK(StatusOf(stranger.Get("session")) == 401);
  stranger.cookies()["__Host-session"] = std::string(43, 'x');
  CHECK(StatusOf(stranger.Get("session")) == 401);
  CHECK(StatusOf(browser.Get("nowhere")) == 404);
  CHECK(ToldBy(world).empty());
}

TEST_CASE("What a service refuses stands in its own trail, and not in two") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  CHECK(StatusOf(browser.Get(absl::StrCat("documents/", kNobodys, "/content"))) == 404);
  CHECK(ToldBy(world).empty());
}

TEST_CASE("A session whose ticket is renewed no more is told as whose it was") {
  World world;
  world.logins.ticket_time_s = 2;
  world.tickets.refuses = true;
  Browser browser(world);
  browser.LogIn(world);
  const std::vector<Refusal> told = ToldBy(world);
  REQUIRE(told.size() == 1);
  CHECK(told[0].reason() == "SESSION_REQUIRED");
  CHECK(told[0].session_id() == kSession);
}

TEST_CASE("A gateway that ends tells first what it has refused") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  CHECK(StatusOf(browser.Send("DELETE", "session")) == 403);
  CHECK(ToldBy(world).size() == 1);
}

TEST_CASE("While identity takes nothing in, refusals are answered as ever, and told later") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  world.refusals.unavailable = true;
  for (int i = 0; i < 3; ++i) CHECK(StatusOf(browser.Send("DELETE", "session")) == 403);
  CHECK(world.refusals.AwaitAsked());
  world.refusals.unavailable = false;
  int32_t count = 0;
  for (const Refusal& refusal : ToldBy(world)) count += refusal.count();
  CHECK(count == 3);
}

}  // namespace
}  // namespace bitrade::gateway::testing
