#include "gateway/http/outbox.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>

#include "services/common/testing/catch.h"

namespace bitrade::gateway::http {
namespace {

using State = Outbox::State;

class Sockets {
 public:
  Sockets() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_.data()) == 0); }
  ~Sockets() {
    ::close(ends_[0]);
    CloseReader();
  }
  int writer() const { return ends_[0]; }
  std::string Read(size_t size) {
    std::string bytes(size, '\0');
    const ssize_t got = ::recv(ends_[1], bytes.data(), size, MSG_DONTWAIT);
    bytes.resize(got > 0 ? static_cast<size_t>(got) : 0);
    return bytes;
  }
  void CloseReader() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  std::array<int, 2> ends_{};
};

TEST_CASE("Everything leaves in order, however little the socket takes", "[http][gateway]") {
  Sockets sockets;
  Outbox outbox;
  std::string expected;
  for (int i = 0; i < 100; ++i) {
    const std::string piece(static_cast<size_t>(i) * 300, static_cast<char>('a' + i % 26));
    expected += piece;
    outbox.Add(piece);
  }
  CHECK(outbox.size() == expected.size());

  std::string got;
  while (outbox.Flush(sockets.writer()).state == State::kBlocked) got += sockets.Read(5000);
  while (got.size() < expected.size()) got += sockets.Read(1 << 16);

  CHECK(got == expected);
  CHECK(outbox.empty());
}

TEST_CASE("A full socket blocks and says whether it took anything", "[http][gateway]") {
  Sockets sockets;
  Outbox outbox;
  outbox.Add(std::string(8 << 20, 'x'));

  const Outbox::Flushed first = outbox.Flush(sockets.writer());
  const Outbox::Flushed second = outbox.Flush(sockets.writer());

  CHECK(first.state == State::kBlocked);
  CHECK(first.progress);
  CHECK(second.state == State::kBlocked);
  CHECK_FALSE(second.progress);
}

TEST_CASE("A socket without a reader is broken", "[http][gateway]") {
  Sockets sockets;
  sockets.CloseReader();
  Outbox outbox;
  outbox.Add("x");

  CHECK(outbox.Flush(sockets.writer()).state == State::kBroken);
}

}  // namespace
}  // namespace bitrade::gateway::http
