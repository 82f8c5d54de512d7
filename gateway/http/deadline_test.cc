#include "gateway/http/deadline.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/http/testing/raw_client.h"
#include "gateway/http/testing/test_server.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway::http {
namespace {

using testing::BodyOf;
using testing::HeaderOf;
using testing::Pending;
using testing::RawClient;
using testing::StatusOf;
using testing::TestServer;
using testing::Until;

constexpr absl::Duration kShort = absl::Milliseconds(20);
const char kGet[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

void Answer(const Request& /*request*/, Reply reply) { reply.Send({200, "text/plain", "ok", {}}); }

TEST_CASE("A deadline passes when its time has come, and never when disarmed", "[http][gateway]") {
  Deadline deadline;
  CHECK_FALSE(deadline.passed(INT64_MAX - 1));

  deadline.Arm(absl::Seconds(1));

  CHECK(deadline.armed());
  CHECK_FALSE(deadline.passed(Deadline::Now()));
  CHECK(deadline.passed(Deadline::Now() + 1'000'000'000));
  deadline.Disarm();
  CHECK_FALSE(deadline.passed(INT64_MAX - 1));
}

TEST_CASE("A slow head is answered with 408", "[http][gateway]") {
  Limits limits;
  limits.head_time = kShort;
  TestServer server(Answer, limits);
  RawClient client(server.port());

  client.Send("GET / HTTP/1.1\r\nHo");

  const std::string answer = client.ReadToEnd();
  CHECK(StatusOf(answer) == 408);
  CHECK(HeaderOf(answer, "Content-Type") == "application/problem+json");
  CHECK_FALSE(client.was_reset());
}

TEST_CASE("A slow body is answered with 408, however steadily it comes", "[http][gateway]") {
  Limits limits;
  limits.body_time = kShort;
  TestServer server(Answer, limits);
  RawClient client(server.port());

  client.Send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc");

  CHECK(StatusOf(client.ReadToEnd()) == 408);
}

TEST_CASE("The second request of a connection has a head's time of its own", "[http][gateway]") {
  Limits limits;
  limits.head_time = kShort;
  TestServer server(Answer, limits);
  RawClient client(server.port());

  client.Send(absl::StrCat(kGet, "GET"));

  CHECK(StatusOf(client.ReadAnswer()) == 200);
  CHECK(StatusOf(client.ReadToEnd()) == 408);
}

TEST_CASE("An idle connection ends without a word", "[http][gateway]") {
  Limits limits;
  limits.idle_time = kShort;
  TestServer server(Answer, limits);

  CHECK(RawClient(server.port()).ReadToEnd().empty());
  // A client that a busy machine keeps from sending for so long comes again.
  std::string answer;
  while (answer.empty()) {
    RawClient used(server.port());
    used.Send(kGet);
    answer = used.ReadAnswer();
    CHECK(used.ReadToEnd().empty());
  }
  CHECK(StatusOf(answer) == 200);
}

TEST_CASE("An answer may take longer than a client has for anything", "[http][gateway]") {
  Limits limits;
  limits.head_time = limits.body_time = limits.stall_time = kShort;
  limits.idle_time = absl::Seconds(60);  // a busy machine may let the client pause before it sends
  Pending pending;
  TestServer server(
      [&](Request request, Reply reply) {
        if (request.path == "/slow") return pending.Put(std::move(reply));
        Answer(std::move(request), std::move(reply));
      },
      limits);
  RawClient slow(server.port());
  slow.Send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  Reply reply = pending.Take();
  RawClient late(server.port());
  late.Send("GET");
  CHECK(StatusOf(late.ReadToEnd()) == 408);  // a later request has met its deadline by now

  reply.Send({200, "text/plain", "late", {}});

  CHECK(BodyOf(slow.ReadAnswer()) == "late");
}

TEST_CASE("A reader that stalls is reset, and slows nobody else", "[http][gateway]") {
  Limits limits;
  limits.stall_time = absl::Milliseconds(100);
  TestServer server(
      [](const Request& request, Reply reply) {
        const size_t size = request.path == "/big" ? 30'000'000 : 2;
        reply.Send({200, "text/plain", std::string(size, 'x'), {}});
      },
      limits);
  RawClient stalled(server.port(), 4096);
  stalled.Send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
  RawClient other(server.port());
  RawClient third(server.port());

  Until([&] { return server.server().in_flight() > 0; });
  for (int i = 0; i < 100; ++i) {
    other.Send(kGet);
    third.Send(kGet);
    REQUIRE(BodyOf(other.ReadAnswer()) == "xx");
    REQUIRE(BodyOf(third.ReadAnswer()) == "xx");
  }

  Until([&] { return server.server().in_flight() == 0; });
  stalled.ReadToEnd();
  CHECK(stalled.was_reset());
}

TEST_CASE("A client that never closes is not waited for", "[http][gateway]") {
  Limits limits;
  limits.linger_time = kShort;
  TestServer server(Answer, limits);
  RawClient client(server.port());

  client.Send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

  CHECK(StatusOf(client.ReadToEnd()) == 200);
  Until([&] { return server.server().connections() == 0; });
  SUCCEED("the server let go");
}

}  // namespace
}  // namespace bitrade::gateway::http
