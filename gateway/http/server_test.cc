#include "gateway/http/server.h"

#include <stdexcept>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/http/testing/raw_client.h"
#include "gateway/http/testing/test_server.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway::http {
namespace {

using bitrade::testing::CodeOf;
using testing::BodyOf;
using testing::HeaderOf;
using testing::Pending;
using testing::RawClient;
using testing::StatusOf;
using testing::TestServer;
using testing::Until;

const char kGet[] = "GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n";

void Echo(const Request& request, Reply reply) {
  reply.Send(
      {200, "text/plain", absl::StrCat(request.method, " ", request.path, " ", request.body), {}});
}

TEST_CASE("A request gets its answer, and the next one on the same connection", "[http][gateway]") {
  const TestServer server([](const Request& request, Reply reply) {
    reply.Send({201, "text/plain", absl::StrCat(request.query, " ", request.peer_address), {}});
  });
  RawClient client(server.port());

  for (int i = 0; i < 3; ++i) {
    client.Send(kGet);
    const std::string answer = client.ReadAnswer();
    CHECK(StatusOf(answer) == 201);
    CHECK(BodyOf(answer) == "b=c 127.0.0.1");
    CHECK_FALSE(HeaderOf(answer, "Date").empty());
    CHECK(HeaderOf(answer, "Server").empty());
  }
}

TEST_CASE("A request is understood wherever it is split", "[http][gateway]") {
  const TestServer server(Echo);
  RawClient client(server.port());
  const std::string request =
      "POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n";

  for (size_t at = 1; at < request.size(); ++at) {
    client.Send(absl::string_view(request).substr(0, at));
    client.Send(absl::string_view(request).substr(at));
    REQUIRE(BodyOf(client.ReadAnswer()) == "POST /p hello");
  }
}

TEST_CASE("Pipelined requests are answered in their order", "[http][gateway]") {
  Pending pending;
  const TestServer server([&pending](Request request, Reply reply) {
    if (request.path == "/later") return pending.Put(std::move(reply));
    Echo(std::move(request), std::move(reply));
  });
  RawClient client(server.port());

  client.Send(
      "GET /later HTTP/1.1\r\nHost: x\r\n\r\n"
      "POST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n2"
      "GET /3 HTTP/1.1\r\nHost: x\r\n\r\nGET /4 HT");
  pending.Take().Send({200, "text/plain", "1", {}});

  CHECK(BodyOf(client.ReadAnswer()) == "1");
  CHECK(BodyOf(client.ReadAnswer()) == "POST /2 2");
  CHECK(BodyOf(client.ReadAnswer()) == "GET /3 ");
  client.Send("TP/1.1\r\nHost: x\r\n\r\n");
  CHECK(BodyOf(client.ReadAnswer()) == "GET /4 ");
}

TEST_CASE("A thousand pipelined requests are all answered", "[http][gateway]") {
  const TestServer server(Echo);
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 1000; ++i) {
    absl::StrAppend(&requests, "GET /", i, " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  client.Send(requests);

  for (int i = 0; i < 1000; ++i) {
    REQUIRE(BodyOf(client.ReadAnswer()) == absl::StrCat("GET /", i, " "));
  }
}

TEST_CASE("Too much input during an answer ends the connection with it", "[http][gateway]") {
  Pending pending;
  Limits limits;
  limits.pipelined = 100;
  const TestServer server([&](const Request&, Reply reply) { pending.Put(std::move(reply)); },
                          limits);
  RawClient client(server.port());
  client.Send(kGet);
  Reply reply = pending.Take();
  client.Send(std::string(1000, 'x'));
  RawClient other(server.port());  // a round trip, after which the bytes above have been read
  RawClient third(server.port());
  other.Send(kGet);
  third.Send(kGet);
  pending.Take().Send({});
  pending.Take().Send({});

  reply.Send({200, "text/plain", "done", {}});

  CHECK(BodyOf(client.ReadToEnd()) == "done");
  CHECK_FALSE(client.was_reset());
}

TEST_CASE("HEAD and 204 leave the connection usable", "[http][gateway]") {
  const TestServer server([](Request request, Reply reply) {
    if (request.method == "DELETE") return reply.Send({204, "", "", {}});
    Echo(std::move(request), std::move(reply));
  });
  RawClient client(server.port());

  client.Send("HEAD /h HTTP/1.1\r\nHost: x\r\n\r\nDELETE / HTTP/1.1\r\nHost: x\r\n\r\n");
  client.Send(kGet);

  CHECK(HeaderOf(client.ReadHead(), "Content-Length") == "8");
  CHECK(StatusOf(client.ReadHead()) == 204);
  CHECK(BodyOf(client.ReadAnswer()) == "GET /a ");
}

TEST_CASE("The connection ends as the client says, and HTTP/1.0 is answered as such",
          "[http][gateway]") {
  const TestServer server(Echo);

  RawClient closing(server.port());
  closing.Send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(HeaderOf(closing.ReadToEnd(), "Connection") == "close");
  RawClient old(server.port());
  old.Send("GET / HTTP/1.0\r\n\r\n");
  CHECK(absl::StartsWith(old.ReadToEnd(), "HTTP/1.0 200 OK\r\n"));
}

TEST_CASE("A client that waits is told to continue, one that sends too much is not",
          "[http][gateway]") {
  const TestServer server(Echo);
  RawClient client(server.port());

  client.Send("PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(client.ReadHead() == "HTTP/1.1 100 Continue\r\n\r\n");
  client.Send("hi");
  CHECK(BodyOf(client.ReadAnswer()) == "PUT / hi");
  client.Send(
      "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n");
  CHECK(StatusOf(client.ReadToEnd()) == 413);
}

TEST_CASE("What is malformed is answered with a problem and the connection ends",
          "[http][gateway]") {
  const TestServer server(Echo);
  struct Case {
    const char* bytes;
    int status;
  };
  for (const Case& row : {Case{"GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                          Case{"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505},
                          Case{"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501},
                          Case{"GET / HTTP/1.1\nHost: x\n\n", 400}}) {
    RawClient client(server.port());

    client.Send(row.bytes);

    const std::string answer = client.ReadToEnd();
    CHECK(StatusOf(answer) == row.status);
    CHECK(HeaderOf(answer, "Content-Type") == "application/problem+json");
    CHECK(HeaderOf(answer, "Connection") == "close");
    CHECK(BodyOf(answer) == absl::StrCat("{\"status\":", row.status, "}"));
  }
}

TEST_CASE("A refused upload is read on, so that the client sees why", "[http][gateway]") {
  const TestServer server(Echo);
  RawClient client(server.port());

  client.Send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n");
  client.Send(std::string(700'000, 'x'));

  CHECK(StatusOf(client.ReadToEnd()) == 413);
  CHECK_FALSE(client.was_reset());
}

TEST_CASE("A body of exactly the limit is taken", "[http][gateway]") {
  const TestServer server(Echo);
  RawClient client(server.port());

  client.Send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n");
  client.Send(std::string(1048576, 'x'));

  CHECK(BodyOf(client.ReadAnswer()).size() == 1048576 + 6);
}

TEST_CASE("A client that has ended its side still gets every answer", "[http][gateway]") {
  Pending pending;
  const TestServer server([&](const Request&, Reply reply) { pending.Put(std::move(reply)); });
  RawClient client(server.port());
  client.Send(kGet);
  client.Send(kGet);
  client.EndSending();

  for (const char* body : {"1", "2"}) {
    Reply reply = pending.Take();
    CHECK_FALSE(reply.ClientGone());
    reply.Send({200, "text/plain", body, {}});
    CHECK(BodyOf(client.ReadAnswer()) == body);
  }
  CHECK(client.ReadToEnd().empty());
  CHECK_FALSE(client.was_reset());
}

TEST_CASE("A dropped reply and an exception are answered with a bare 500", "[http][gateway]") {
  const TestServer server([](const Request& request, Reply /*reply*/) {
    if (request.path == "/throw") throw std::runtime_error("internal detail");
  });
  RawClient client(server.port());

  for (const char* path : {"/throw", "/drop"}) {
    client.Send(absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: x\r\n\r\n"));
    const std::string answer = client.ReadAnswer();
    CHECK(StatusOf(answer) == 500);
    CHECK(BodyOf(answer) == "{\"status\":500}");
  }
}

TEST_CASE("One connection too many is turned away", "[http][gateway]") {
  Limits limits;
  limits.connections = 1;
  const TestServer server(Echo, limits);
  RawClient first(server.port());
  first.Send(kGet);
  CHECK(StatusOf(first.ReadAnswer()) == 200);

  RawClient second(server.port());

  CHECK(StatusOf(second.ReadToEnd()) == 503);
  first.Send(kGet);
  CHECK(StatusOf(first.ReadAnswer()) == 200);
}

TEST_CASE("Bodies that arrive hold so much together, and a small one is always taken",
          "[http][gateway]") {
  Limits limits;
  limits.bodies = 3000;
  limits.small_body = 100;
  const TestServer server(Echo, limits);
  const std::string head = "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: ";
  RawClient holding(server.port());
  holding.Send(head + "4000\r\nExpect: 100-continue\r\n\r\n");
  holding.ReadHead();
  holding.Send(std::string(2500, 'x'));
  const auto put = [&](size_t size) {
    RawClient client(server.port());
    client.Send(absl::StrCat(head, size, "\r\n\r\n", std::string(size - 1, 'x')));
    client.EndSending();
    return client.ReadToEnd();
  };

  Until([&] { return StatusOf(put(1000)) == 503; });
  RawClient small(server.port());
  small.Send(head + "2\r\n\r\nh");
  small.Send("i");
  CHECK(BodyOf(small.ReadAnswer()) == "PUT / hi");
  holding.Leave();
  Until([&] { return put(1000).empty(); });
}

TEST_CASE("An address that is taken is an error, not an exception", "[http][gateway]") {
  const TestServer taken(Echo);
  Server second({}, Echo, testing::TestProblem);

  CHECK(CodeOf(second.Listen("127.0.0.1", taken.port(), 2)) == absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace bitrade::gateway::http
