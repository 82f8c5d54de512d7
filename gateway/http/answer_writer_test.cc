#include "gateway/http/answer_writer.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>

#include "absl/strings/match.h"
#include "gateway/http/testing/raw_client.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway::http {
namespace {

using testing::BodyOf;
using testing::HeaderOf;

// What an outbox sends, through a pair of sockets.
std::string Sent(Outbox& outbox) {
  std::array<int, 2> ends{};
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
  CHECK(outbox.Flush(ends[0]).state == Outbox::State::kEmpty);
  ::close(ends[0]);
  std::string all;
  std::array<char, 4096> bytes;
  for (ssize_t n = 0; (n = ::read(ends[1], bytes.data(), bytes.size())) > 0;) {
    all.append(bytes.data(), static_cast<size_t>(n));
  }
  ::close(ends[1]);
  return all;
}

TEST_CASE("HEAD gets the headers of GET without the body", "[http][gateway]") {
  Outbox outbox;

  AnswerWriter({.head_only = true}).WriteWhole({200, "text/plain", "hello", {}}, outbox);

  const std::string sent = Sent(outbox);
  CHECK(HeaderOf(sent, "Content-Length") == "5");
  CHECK(absl::EndsWith(sent, "\r\n\r\n"));
}

TEST_CASE("Pieces without a length go as chunks", "[http][gateway]") {
  Outbox outbox;
  AnswerWriter writer({});

  writer.Begin({200, "text/plain", "", {}}, std::nullopt, outbox);
  CHECK(writer.WritePiece("hello ", outbox));
  CHECK(writer.WritePiece("", outbox));
  CHECK(writer.WritePiece("you", outbox));
  CHECK(writer.End(outbox));

  const std::string sent = Sent(outbox);
  CHECK(absl::EndsWith(sent, "\r\n\r\n6\r\nhello \r\n3\r\nyou\r\n0\r\n\r\n"));
  CHECK(BodyOf(sent) == "hello you");
}

TEST_CASE("Pieces without a length end the connection of HTTP/1.0", "[http][gateway]") {
  Outbox outbox;
  AnswerWriter writer({.http11 = false});

  writer.Begin({200, "", "", {}}, std::nullopt, outbox);
  CHECK(writer.WritePiece("hello", outbox));
  CHECK(writer.End(outbox));

  CHECK_FALSE(writer.keep_alive());
  const std::string sent = Sent(outbox);
  CHECK(HeaderOf(sent, "Connection") == "close");
  CHECK(HeaderOf(sent, "Transfer-Encoding").empty());
  CHECK(absl::EndsWith(sent, "\r\n\r\nhello"));
}

TEST_CASE("An announced length is kept to", "[http][gateway]") {
  Outbox outbox;
  AnswerWriter writer({});

  writer.Begin({200, "", "", {}}, 5, outbox);

  CHECK(writer.WritePiece("hell", outbox));
  CHECK_FALSE(writer.WritePiece("oo", outbox));
  CHECK_FALSE(writer.End(outbox));
  CHECK(writer.WritePiece("o", outbox));
  CHECK(writer.End(outbox));
}

}  // namespace
}  // namespace bitrade::gateway::http
