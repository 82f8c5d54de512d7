#include "gateway/http/request_parser.h"

#include <string>

#include "services/common/testing/catch.h"

namespace bitrade::gateway::http {
namespace {

using State = RequestParser::State;

struct Outcome {
  State state;
  int status;
  std::string request;  // "" unless complete
};

Limits SmallLimits() {
  Limits limits;
  limits.body = 64;
  return limits;
}

// Feeds `bytes` in two pieces, the second with what the first left over, as a connection does.
Outcome ParseSplit(absl::string_view bytes, size_t at) {
  const Limits limits = SmallLimits();
  RequestParser parser(limits);
  std::string waiting(bytes.substr(0, at));
  waiting.erase(0, parser.Feed(waiting));
  if (parser.state() == State::kHead || parser.state() == State::kBody) {
    waiting.append(std::string(bytes.substr(at)));
    parser.Feed(waiting);
  }
  const State state = parser.state();
  if (state != State::kComplete) return {state, state == State::kRefused ? parser.status() : 0, ""};
  const Request request = parser.Take();
  return {state, 0, request.method + " " + request.path + " " + request.body};
}

Outcome Parse(absl::string_view bytes) { return ParseSplit(bytes, bytes.size()); }

struct Malformed {
  const char* name;
  std::string bytes;
  int status;
};

const std::string kHost = "Host: a\r\n";
const std::string kPost = "POST / HTTP/1.1\r\nHost: a\r\n";
const std::string kChunked = kPost + "Transfer-Encoding: chunked\r\n\r\n";

// http-api H18 and what smuggling needs.
const Malformed kCorpus[] = {
    {"no request line", "\r\n\r\n\r\n\r\n", 400},
    {"two words", "GET /\r\n\r\n", 400},
    {"two spaces", "GET  / HTTP/1.1\r\n" + kHost + "\r\n", 400},
    {"no version", "GET / FOO/1.1\r\n" + kHost + "\r\n", 400},
    {"version 0.9", "GET / HTTP/0.9\r\n" + kHost + "\r\n", 505},
    {"version 2.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    {"version 9.9", "GET / HTTP/9.9\r\n" + kHost + "\r\n", 505},
    {"bad method", "G(T / HTTP/1.1\r\n" + kHost + "\r\n", 400},
    {"missing host", "GET / HTTP/1.1\r\n\r\n", 400},
    {"two hosts", "GET / HTTP/1.1\r\n" + kHost + kHost + "\r\n", 400},
    {"space before colon", kPost + "Content-Length : 5\r\n\r\nhello", 400},
    {"no colon", "GET / HTTP/1.1\r\nHost a\r\n\r\n", 400},
    {"empty name", "GET / HTTP/1.1\r\n" + kHost + ": x\r\n\r\n", 400},
    {"obs-fold", "GET / HTTP/1.1\r\n" + kHost + "X: a\r\n b\r\n\r\n", 400},
    {"bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400},
    {"bare CR", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400},
    {"NUL in a value", "GET / HTTP/1.1\r\n" + kHost + "X: " + '\0' + "y\r\n\r\n", 400},
    {"plus length", kPost + "Content-Length: +5\r\n\r\nhello", 400},
    {"letters in length", kPost + "Content-Length: 5abc\r\n\r\nhello", 400},
    {"negative length", kPost + "Content-Length: -5\r\n\r\n", 400},
    {"hexadecimal length", kPost + "Content-Length: 0x5\r\n\r\nhello", 400},
    {"huge length", kPost + "Content-Length: 99999999999999999999999\r\n\r\n", 400},
    {"two lengths", kPost + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400},
    {"one length twice", kPost + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400},
    {"length list", kPost + "Content-Length: 5, 5\r\n\r\nhello", 400},
    {"length and coding", kPost + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
    {"coding and length", kPost + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400},
    {"unknown coding", kPost + "Transfer-Encoding: xchunked\r\n\r\n", 501},
    {"coding list", kPost + "Transfer-Encoding: identity, chunked\r\n\r\n", 501},
    {"empty coding", kPost + "Transfer-Encoding: \r\n\r\n", 501},
    {"coding in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
    {"negative chunk", kChunked + "-5\r\nhello\r\n0\r\n\r\n", 400},
    {"prefixed chunk", kChunked + "0x5\r\nhello\r\n0\r\n\r\n", 400},
    {"chunk of words", kChunked + "five\r\nhello\r\n0\r\n\r\n", 400},
    {"endless chunk size", kChunked + "fffffffffffffffffff\r\n", 400},
    {"chunk over the limit", kChunked + "41\r\n", 413},
    {"chunk without end", kChunked + "5\r\nhelloX\r\n0\r\n\r\n", 400},
    {"length in a trailer", kChunked + "0\r\nContent-Length: 5\r\n\r\n", 400},
    {"length over the limit", kPost + "Content-Length: 65\r\n\r\n", 413},
    {"unknown expectation", kPost + "Expect: tea\r\nContent-Length: 5\r\n\r\nhello", 417},
    {"fragment", "GET /#x HTTP/1.1\r\n" + kHost + "\r\n", 400},
    {"raw UTF-8", "GET /\xC3\xA5 HTTP/1.1\r\n" + kHost + "\r\n", 400},
    {"bad percent", "GET /%g1 HTTP/1.1\r\n" + kHost + "\r\n", 400},
    {"long target", "GET /" + std::string(2048, 'a') + " HTTP/1.1\r\n" + kHost + "\r\n", 414},
    {"endless target", "GET /" + std::string(20000, 'a'), 414},
    {"long head", "GET / HTTP/1.1\r\n" + kHost + "X: " + std::string(17000, 'y'), 431},
    {"endless trailer", kChunked + "0\r\nX: " + std::string(17000, 'y'), 431},
};

TEST_CASE("What is malformed is refused with its status", "[http][gateway]") {
  for (const Malformed& malformed : kCorpus) {
    CAPTURE(malformed.name);
    const Outcome outcome = Parse(malformed.bytes);
    CHECK(outcome.state == State::kRefused);
    CHECK(outcome.status == malformed.status);
  }
}

TEST_CASE("What is malformed is refused alike in any two pieces", "[http][gateway]") {
  for (const Malformed& malformed : kCorpus) {
    if (malformed.bytes.size() > 1000) continue;
    CAPTURE(malformed.name);
    for (size_t at = 0; at < malformed.bytes.size(); ++at) {
      REQUIRE(ParseSplit(malformed.bytes, at).status == malformed.status);
    }
  }
}

TEST_CASE("A request is the same in any two pieces", "[http][gateway]") {
  const std::string request = GENERATE_COPY(
      "\r\n" + kPost + "Content-Length: 5\r\n\r\nhello",
      kChunked + "2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nX: y\r\n\r\n",
      std::string("POST http://b/ HTTP/1.0\r\nContent-Length: 5\r\nX: \r\n\r\nhello"));

  for (size_t at = 0; at <= request.size(); ++at) {
    REQUIRE(ParseSplit(request, at).request == "POST / hello");
  }
}

TEST_CASE("A request that comes byte by byte is whole", "[http][gateway]") {
  const Limits limits = SmallLimits();
  RequestParser parser(limits);
  std::string waiting;

  for (const char byte : kChunked + "5\r\nhello\r\n0\r\n\r\n") {
    REQUIRE(parser.state() != State::kComplete);
    waiting.push_back(byte);
    waiting.erase(0, parser.Feed(waiting));
  }

  REQUIRE(parser.state() == State::kComplete);
  CHECK(parser.Take().body == "hello");
}

TEST_CASE("A request takes no byte of the next one", "[http][gateway]") {
  const Limits limits = SmallLimits();
  RequestParser parser(limits);
  const std::string first = kPost + "Content-Length: 2\r\n\r\nhi";
  const std::string second = "GET /b HTTP/1.1\r\n" + kHost + "\r\n";

  CHECK(parser.Feed(first + second) == first.size());
  CHECK(parser.Take().body == "hi");
  CHECK(parser.Feed(second) == second.size());
  CHECK(parser.Take().path == "/b");
}

TEST_CASE("Header names come in lower case, values without the space around them, trailers not",
          "[http][gateway]") {
  const Limits limits = SmallLimits();
  RequestParser parser(limits);

  parser.Feed(kPost + "X-ONE:  a b \t\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Two: c\r\n\r\n");

  const Request request = parser.Take();
  CHECK(request.Find("x-one") == "a b");
  CHECK(request.Count("x-two") == 0);
  CHECK(request.Count("host") == 1);
}

TEST_CASE("A client waits for 100 Continue until it sends its body", "[http][gateway]") {
  const Limits limits = SmallLimits();
  RequestParser parser(limits);

  parser.Feed(kPost + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(parser.awaits_continue());
  parser.Feed("h");
  CHECK_FALSE(parser.awaits_continue());
}

TEST_CASE("A connection stays as the version and the client say", "[http][gateway]") {
  const auto stays = [](const std::string& version, const std::string& header) {
    const Limits limits = SmallLimits();
    RequestParser parser(limits);
    parser.Feed("GET / HTTP/" + version + "\r\nHost: a\r\n" + header + "\r\n");
    REQUIRE(parser.state() == State::kComplete);
    return parser.keep_alive();
  };

  CHECK(stays("1.1", ""));
  CHECK_FALSE(stays("1.1", "Connection: Close\r\n"));
  CHECK_FALSE(stays("1.0", ""));
  CHECK(stays("1.0", "Connection: keep-alive\r\n"));
}

}  // namespace
}  // namespace bitrade::gateway::http
