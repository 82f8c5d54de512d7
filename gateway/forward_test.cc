// Routes, tickets and content through a whole gateway, on the real Redis and real processes.
#include <algorithm>
#include <chrono>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/http/testing/raw_client.h"
#include "gateway/testing/world.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway::testing {
namespace {

using http::testing::BodyOf;
using http::testing::HeaderOf;
using http::testing::StatusOf;

constexpr char kRequestId[] = "0190f5a2-7c3e-4b1d-8f00-0123456789ab";

TEST_CASE("A call carries the person's ticket, for whom she acts, and the two ids") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  const std::string answer =
      browser.Get("counsel", {{"X-Request-Id", kRequestId},
                              {"traceparent", absl::StrCat("00-", trace, "-00f067aa0ba902b7-01")}});
  REQUIRE(StatusOf(answer) == 200);
  CHECK(TextAfter(answer, "\"id\":\"") == "0190f5a2-7c3e-7b1d-8f00-0000000000aa");
  const std::string carried = TextAfter(answer, "\"name\":\"");
  CHECK(absl::StartsWith(carried, absl::StrCat("ticket|", kRequestId, "|00-", trace)));
  CHECK(HeaderOf(answer, "X-Request-Id") == kRequestId);
  CHECK(absl::StrContains(HeaderOf(answer, "traceparent"), trace));
}

TEST_CASE("A resource has its version as entity tag, and is not sent again to who has it") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  CHECK(HeaderOf(browser.Get("counsel"), "ETag") == "\"7\"");
  const std::string known = browser.Send("HEAD", "counsel", {{"If-None-Match", "\"7\""}});
  CHECK(StatusOf(known) == 304);
  CHECK(HeaderOf(known, "ETag") == "\"7\"");
}

TEST_CASE("A service that is down refuses its own routes at once and no others") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  // A machine stands still now and then; what is slow by itself is so each time.
  auto fastest = std::chrono::steady_clock::duration::max();
  std::string refused;
  for (int i = 0; i < 3; ++i) {
    const auto began = std::chrono::steady_clock::now();
    refused = browser.Get("appointments");
    fastest = std::min(fastest, std::chrono::steady_clock::now() - began);
  }
  CHECK(fastest < std::chrono::seconds(1));
  CHECK(StatusOf(refused) == 503);
  CHECK(HeaderOf(refused, "Retry-After") == "1");
  CHECK(HeaderOf(refused, "Content-Type") == "application/problem+json");
  CHECK(StatusOf(browser.Get("counsel")) == 200);
}

TEST_CASE("What no route takes is told apart from what does not exist") {
  World world;
  Browser browser(world);
  CHECK(StatusOf(browser.Get("nothing-here")) == 404);
  const std::string method = browser.Send("PUT", "compensation-rates");
  CHECK(StatusOf(method) == 405);
  CHECK(HeaderOf(method, "Allow") == "GET, HEAD, OPTIONS");
  CHECK(StatusOf(browser.Send("OPTIONS", "compensation-rates")) == 204);
  CHECK(StatusOf(browser.Get("api-info", {{"Accept", "text/csv"}})) == 406);
  CHECK(StatusOf(browser.Get("counsel?personnummer=1")) == 401);
}

TEST_CASE("Whatever is answered, nobody frames it, guesses what it is, runs or keeps it") {
  World world;
  Browser browser(world);
  const std::string answers[] = {
      browser.Get("session"),
      browser.Get("nothing-here"),
      browser.Send("PUT", "compensation-rates"),
      browser.Send("OPTIONS", "session"),
      browser.Send("POST", "logins", {{"Origin", "https://evil.example"}}, "{}"),
      browser.Get("logins/bankid-return?nonce=x"),
      browser.Get("session", {{"host", "y"}}),
      browser.Get("openapi.yaml")};
  CHECK(StatusOf(answers[6]) == 400);
  for (const std::string& answer : answers) {
    INFO(answer.substr(0, 1500));
    CHECK(HeaderOf(answer, "Content-Security-Policy") ==
          "default-src 'none'; frame-ancestors 'none'");
    CHECK(HeaderOf(answer, "Strict-Transport-Security") == "max-age=31536000; includeSubDomains");
    CHECK(HeaderOf(answer, "X-Content-Type-Options") == "nosniff");
    CHECK(HeaderOf(answer, "Referrer-Policy") == "no-referrer");
    const bool is_public = &answer == &answers[7];
    CHECK(HeaderOf(answer, "Cache-Control") ==
          (is_public ? "public, max-age=3600" : "private, no-store"));
    CHECK_FALSE(absl::StrContains(answer, "Access-Control-"));
  }
}

TEST_CASE("The API tells its version and its contract, for everybody to keep a while") {
  World world;
  Browser browser(world);
  const std::string info = browser.Get("api-info");
  CHECK(TextAfter(info, "\"apiName\":\"") == "bitrade");
  CHECK(HeaderOf(info, "Cache-Control") == "public, max-age=3600");
  const std::string yaml = browser.Get("openapi.yaml");
  CHECK(absl::StartsWith(BodyOf(yaml), "openapi:"));
  CHECK(StatusOf(browser.Send("HEAD", "openapi.yaml",
                              {{"If-None-Match", HeaderOf(yaml, "ETag")}})) == 304);
}

TEST_CASE("A ticket in its last seconds is renewed before it is used, and the new one is kept") {
  World world;
  world.logins.ticket_time_s = 1;
  Browser browser(world);
  browser.LogIn(world);
  CHECK(absl::StartsWith(TextAfter(browser.Get("counsel"), "\"name\":\""), "ticket renewed|"));
  CHECK(absl::StartsWith(TextAfter(browser.Get("counsel"), "\"name\":\""), "ticket renewed|"));
  CHECK(world.tickets.renewals == 1);
}

TEST_CASE("A ticket that still holds is used while identity is gone") {
  World world;
  world.logins.ticket_time_s = 20;
  Browser browser(world);
  world.tickets.refuses = false;
  browser.LogIn(world);
  world.identity->Stop();
  CHECK(StatusOf(browser.Get("counsel")) == 200);
}

TEST_CASE("A ticket that has ended while identity is gone is a reason to wait, not to log in") {
  World world;
  world.logins.ticket_time_s = 1;
  Browser browser(world);
  world.logins.state = identity::v1::Login::PENDING;
  browser.Send("POST", "logins", {}, R"({"method": "MOBILE_BANKID", "start": "OTHER_DEVICE"})");
  world.logins.state = identity::v1::Login::COMPLETE;
  browser.Get(kLoginPath);
  world.identity->Stop();
  const std::string refused = browser.Get("counsel");
  CHECK(StatusOf(refused) == 503);
  CHECK(HeaderOf(refused, "Retry-After") == "1");
}

TEST_CASE("A session whose ticket identity refuses to renew is gone") {
  World world;
  world.logins.ticket_time_s = 1;
  world.tickets.refuses = true;
  Browser browser(world);
  browser.LogIn(world);
  CHECK(StatusOf(browser.Get("counsel")) == 401);
  const int asked = world.tickets.renewals;
  CHECK(StatusOf(browser.Get("counsel")) == 401);
  CHECK(world.tickets.renewals == asked);
}

TEST_CASE("Content comes whole, with its digest and its name, to be saved and not kept") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  const std::string whole = browser.Get(kContentPath);
  CHECK(StatusOf(whole) == 200);
  CHECK(BodyOf(whole) == Contents::Bytes());
  CHECK(HeaderOf(whole, "Content-Length") == "1000");
  CHECK(HeaderOf(whole, "Content-Type") == "application/pdf");
  CHECK(HeaderOf(whole, "Accept-Ranges") == "bytes");
  CHECK(absl::StartsWith(HeaderOf(whole, "Repr-Digest"), "sha-256=:"));
  CHECK(absl::StartsWith(HeaderOf(whole, "Content-Disposition"), "attachment;"));
  CHECK(HeaderOf(whole, "X-Content-Type-Options") == "nosniff");
  CHECK(absl::StrContains(HeaderOf(whole, "Content-Security-Policy"), "sandbox"));
  CHECK(HeaderOf(whole, "Cache-Control") == "private, no-store");
}

TEST_CASE("HEAD of a content tells what GET does, and the one who has it gets nothing") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  const std::string head = browser.Send("HEAD", kContentPath, {{"Range", "bytes=0-1"}});
  CHECK(StatusOf(head) == 200);
  CHECK(HeaderOf(head, "Content-Length") == "1000");
  const std::string etag = HeaderOf(head, "ETag");
  CHECK(etag.size() == 66);
  CHECK(StatusOf(browser.Send("HEAD", kContentPath, {{"If-None-Match", etag}})) == 304);
}

TEST_CASE("A range of a content comes alone, and what lies outside is told the size") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  const std::string bytes = Contents::Bytes();
  const std::string part = browser.Get(kContentPath, {{"Range", "bytes=250-949"}});
  CHECK(StatusOf(part) == 206);
  CHECK(BodyOf(part) == bytes.substr(250, 700));
  CHECK(HeaderOf(part, "Content-Range") == "bytes 250-949/1000");
  const std::string last = browser.Get(kContentPath, {{"Range", "bytes=-5"}});
  CHECK(BodyOf(last) == bytes.substr(995));
  CHECK(HeaderOf(last, "Content-Range") == "bytes 995-999/1000");
  const std::string outside = browser.Get(kContentPath, {{"Range", "bytes=1000-"}});
  CHECK(StatusOf(outside) == 416);
  CHECK(HeaderOf(outside, "Content-Range") == "bytes */1000");
  CHECK(StatusOf(browser.Get(kContentPath, {{"Range", "bytes=0-1,5-6"}})) == 200);
}

TEST_CASE("A range of another version is the whole") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  const std::string etag = HeaderOf(browser.Send("HEAD", kContentPath), "ETag");
  CHECK(StatusOf(browser.Get(kContentPath, {{"Range", "bytes=0-1"}, {"If-Range", etag}})) == 206);
  CHECK(StatusOf(browser.Get(kContentPath, {{"Range", "bytes=0-1"}, {"If-Range", "\"old\""}})) ==
        200);
}

TEST_CASE("Content that is not there, and a service that is gone, are problems") {
  World world;
  Browser browser(world);
  browser.LogIn(world);
  CHECK(StatusOf(browser.Get("documents/0190f5a2-7c3e-7b1d-8f00-0000000000d2/content")) == 404);
  CHECK(StatusOf(browser.Get("documents/no-id/content")) == 404);
  world.documents->Stop();
  const std::string refused = browser.Get(kContentPath);
  CHECK(StatusOf(refused) == 503);
  CHECK(HeaderOf(refused, "Retry-After") == "1");
}

}  // namespace
}  // namespace bitrade::gateway::testing
