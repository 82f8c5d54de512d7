#include "gateway/http/reply.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
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

const char kGet[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

// A source that writes until it is told to stop, and goes on after the drain.
struct Source : std::enable_shared_from_this<Source> {
  Source(Reply its_reply, size_t its_size) : reply(std::move(its_reply)), left(its_size) {}

  void Run() {
    while (left > 0 && !reply.ClientGone()) {
      const size_t size = std::min<size_t>(left, 50'000);
      left -= size;
      ++pieces;
      if (!reply.Write(std::string(size, 's'), [self = shared_from_this()] { self->Run(); })) {
        ++stops;
        return;
      }
    }
    reply.End();
    ended = true;
  }

  Reply reply;
  size_t left;
  std::atomic<int> pieces{0};
  std::atomic<int> stops{0};
  std::atomic<bool> ended{false};
};

// A server that streams `size` bytes and keeps hold of the last source.
class StreamServer {
 public:
  StreamServer(size_t size, std::optional<uint64_t> length)
      : server_([this, size, length](const Request&, Reply reply) {
          reply.Begin(200, "text/plain", {}, length);
          auto source = std::make_shared<Source>(std::move(reply), size);
          {
            const std::lock_guard lock(mutex_);
            source_ = source;
          }
          source->Run();
          arrived_.notify_all();
        }) {}

  int port() const { return server_.port(); }
  Server& server() { return server_.server(); }
  std::shared_ptr<Source> source() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return source_ != nullptr; });
    return source_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::shared_ptr<Source> source_;
  TestServer server_;
};

constexpr size_t kSize = 20'000'000;

TEST_CASE("A long stream arrives whole, chunked or by length", "[http][gateway]") {
  const auto length = GENERATE(std::optional<uint64_t>(), std::optional<uint64_t>(kSize));
  StreamServer server(kSize, length);
  RawClient client(server.port());

  client.Send(kGet);

  CHECK(BodyOf(client.ReadAnswer()) == std::string(kSize, 's'));
  CHECK(server.source()->stops > 0);
}

TEST_CASE("A reader that stops makes the source stop", "[http][gateway]") {
  StreamServer server(200'000'000, std::nullopt);
  RawClient client(server.port(), 4096);

  client.Send(kGet);
  const std::shared_ptr<Source> source = server.source();
  Until([&] { return source->stops > 0; });

  CHECK_FALSE(source->ended);
  CHECK(source->pieces < 400);  // what the sockets hold, and the high-water mark
}

TEST_CASE("A source learns that its reader has gone", "[http][gateway]") {
  StreamServer server(200'000'000, std::nullopt);
  RawClient client(server.port(), 4096);
  client.Send(kGet);
  const std::shared_ptr<Source> source = server.source();
  Until([&] { return source->stops > 0; });

  client.Leave();

  Until([&] { return source->ended.load(); });
  CHECK(source->reply.ClientGone());
  CHECK(source->left > 0);
}

TEST_CASE("A stream that fails midway does not look complete", "[http][gateway]") {
  Pending pending;
  const TestServer server([&](const Request&, Reply reply) { pending.Put(std::move(reply)); });
  const int way = GENERATE(0, 1, 2, 3);
  RawClient client(server.port());
  client.Send(kGet);

  Reply reply = pending.Take();
  reply.Begin(200, "text/plain", {}, 10);
  reply.Write("hell", [] {});
  if (way == 0) reply.Abort();
  if (way == 1) reply.End();
  if (way == 2) Reply(std::move(reply));
  if (way == 3) reply.Write("much too long", [] {});

  CHECK(BodyOf(client.ReadToEnd()).size() <= 4);
  CHECK(client.was_reset());
}

TEST_CASE("A stream to HEAD has no body and ends at once", "[http][gateway]") {
  StreamServer server(1'000'000, 1'000'000);
  RawClient client(server.port());

  client.Send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(HeaderOf(client.ReadHead(), "Content-Length") == "1000000");
  client.Send(kGet);
  CHECK(BodyOf(client.ReadAnswer()).size() == 1'000'000);
}

TEST_CASE("An answer to a client that has gone is dropped", "[http][gateway]") {
  Pending pending;
  TestServer server([&](const Request&, Reply reply) { pending.Put(std::move(reply)); });
  RawClient client(server.port());
  client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\nX");  // unread when the client goes: a reset
  Reply reply = pending.Take();
  CHECK(server.server().in_flight() == 1);

  client.Leave();
  reply.Send({200, "text/plain", std::string(1'000'000, 'x'), {}});

  Until([&] { return server.server().connections() == 0; });
  CHECK(server.server().in_flight() == 0);
}

TEST_CASE("Draining answers what is under way and ends idle connections", "[http][gateway]") {
  Pending pending;
  TestServer server([&](const Request& request, Reply reply) {
    if (request.path == "/") return pending.Put(std::move(reply));
    reply.Send({});
  });
  RawClient busy(server.port());
  RawClient idle(server.port());
  idle.Send("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(StatusOf(idle.ReadAnswer()) == 200);
  busy.Send(kGet);
  Reply reply = pending.Take();

  std::thread draining([&] { server.server().Drain(absl::Seconds(10)); });
  CHECK(idle.ReadToEnd().empty());  // the drain has begun
  reply.Send({200, "text/plain", "done", {}});
  draining.join();

  const std::string answer = busy.ReadToEnd();
  CHECK(BodyOf(answer) == "done");
  CHECK(HeaderOf(answer, "Connection") == "close");
  RawClient late(server.port());
  CHECK(late.ReadToEnd().empty());
}

TEST_CASE("Draining gives up when its patience ends", "[http][gateway]") {
  Pending pending;
  auto server = std::make_unique<TestServer>(
      [&](const Request&, Reply reply) { pending.Put(std::move(reply)); });
  RawClient client(server->port());
  client.Send(kGet);
  Reply reply = pending.Take();

  server->server().Drain(absl::Milliseconds(10));
  server.reset();

  CHECK(client.ReadToEnd().empty());
  CHECK(reply.ClientGone());
  reply.Send({});  // outlives its server
}

}  // namespace
}  // namespace bitrade::gateway::http
