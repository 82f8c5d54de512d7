#include "services/common/redis/pipeline.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <future>

#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"

namespace bitrade::redis {
namespace {

std::string TestSocket() {
  const char* socket = std::getenv("BITRADE_TEST_REDIS");
  REQUIRE(socket != nullptr);
  return socket;
}

// Sends a command and waits for what it gets.
absl::StatusOr<std::string> Ask(Pipeline& pipeline, Command command) {
  std::promise<absl::StatusOr<std::string>> promise;
  pipeline.Send(std::move(command), [&](absl::StatusOr<Reply> reply) {
    if (!reply.ok()) return promise.set_value(reply.status());
    promise.set_value(reply->is_nil() ? std::string("(nil)") : std::string(reply->text()));
  });
  return promise.get_future().get();
}

// A socket that takes connections and never answers.
class BlackHole {
 public:
  BlackHole() : path_(absl::StrCat("/tmp/bitrade-hole-", ::getpid())) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, sizeof address.sun_path - 1);
    ::unlink(path_.c_str());
    REQUIRE(::bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(fd_, 16) == 0);
  }
  ~BlackHole() {
    ::close(fd_);
    ::unlink(path_.c_str());
  }
  const std::string& path() const { return path_; }

 private:
  const int fd_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::string path_;
};

TEST_CASE("Answers come back to those who asked, in whatever batch they went") {
  Pipeline pipeline({.socket = TestSocket()});
  std::vector<std::promise<std::string>> answers(500);
  for (size_t i = 0; i < answers.size(); ++i) {
    pipeline.Send({"ECHO", absl::StrCat(i)}, [&answers, i](absl::StatusOr<Reply> reply) {
      answers[i].set_value(reply.ok() ? std::string(reply->text()) : "refused");
    });
  }
  for (size_t i = 0; i < answers.size(); ++i) {
    CHECK(answers[i].get_future().get() == absl::StrCat(i));
  }
  CHECK(pipeline.up());
}

TEST_CASE("A value is bytes, and a missing key is nil") {
  Pipeline pipeline({.socket = TestSocket()});
  const std::string value("a\0\r\nb", 5);
  const std::string key = absl::StrCat("sess:pipeline-test-", ::getpid());
  CHECK(*Ask(pipeline, {"SET", key, value, "EX", "10"}) == "OK");
  CHECK(*Ask(pipeline, {"GETEX", key, "EX", "10"}) == value);
  CHECK(Ask(pipeline, {"DEL", key}).ok());
  CHECK(*Ask(pipeline, {"GETEX", key, "EX", "10"}) == "(nil)");
}

TEST_CASE("A command that Redis refuses is unavailable and spoils no other") {
  Pipeline pipeline({.socket = TestSocket()});
  CHECK(testing::CodeOf(Ask(pipeline, {"NO-SUCH-COMMAND"})) == absl::StatusCode::kUnavailable);
  CHECK(*Ask(pipeline, {"ECHO", "after"}) == "after");
}

TEST_CASE("A wrong password, and a socket that nobody listens to, are unavailable") {
  Pipeline wrong({.socket = TestSocket(), .user = "gateway", .password = "wrong"});
  CHECK(testing::CodeOf(Ask(wrong, {"PING"})) == absl::StatusCode::kUnavailable);
  Pipeline nobody({.socket = "/tmp/bitrade-no-such-socket"});
  CHECK(testing::CodeOf(Ask(nobody, {"PING"})) == absl::StatusCode::kUnavailable);
  CHECK_FALSE(nobody.up());
}

// How long it takes until fifty commands have got their refusal.
std::chrono::steady_clock::duration TimeOfRefusals(const BlackHole& hole) {
  Pipeline pipeline({.socket = hole.path(), .user = "gateway", .password = "x"});
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::promise<absl::StatusCode>> answers(50);
  for (auto& answer : answers) {
    pipeline.Send({"PING"}, [&answer](absl::StatusOr<Reply> reply) {
      answer.set_value(reply.status().code());
    });
  }
  for (auto& answer : answers) {
    CHECK(answer.get_future().get() == absl::StatusCode::kUnavailable);
  }
  return std::chrono::steady_clock::now() - began;
}

TEST_CASE("A Redis that hangs costs nobody a second, however many ask") {
  const BlackHole hole;
  // A machine stands still now and then; what is slow by itself is so each time.
  int tries = 1;
  while (TimeOfRefusals(hole) >= std::chrono::seconds(1) && tries < 4) ++tries;
  CHECK(tries < 4);
}

TEST_CASE("What does not fit into the queue is refused at once") {
  Pipeline pipeline({.socket = TestSocket()}, {.waiting = 0});
  CHECK(testing::CodeOf(Ask(pipeline, {"PING"})) == absl::StatusCode::kUnavailable);
}

TEST_CASE("A connection that was cut is opened again") {
  Pipeline pipeline({.socket = TestSocket()});

  CHECK(*Ask(pipeline, {"QUIT"}) == "OK");
  // The command after QUIT may meet the end of the old connection; the one after it does not.
  (void)Ask(pipeline, {"PING"});
  CHECK(*Ask(pipeline, {"PING"}) == "PONG");
}

}  // namespace
}  // namespace bitrade::redis
