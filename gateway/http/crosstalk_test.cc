// No byte of an answer may reach a connection that did not ask for it, however clients come and go
// and wherever answers come from. Bare Pistache fails this: docs/adr/0013.
#include <condition_variable>
#include <functional>
#include <mutex>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "gateway/http/testing/restless_clients.h"
#include "gateway/http/testing/test_server.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway::http {
namespace {

using testing::EchoOf;
using testing::Tally;
using testing::TestServer;

struct Waiting {
  std::string path;
  Reply reply;
};

void Answer(Waiting waiting) { waiting.reply.Send({200, "text/plain", EchoOf(waiting.path), {}}); }

// Threads that answer in no order.
class Answerers {
 public:
  explicit Answerers(int threads) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
  }
  ~Answerers() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    arrived_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  void Put(Waiting waiting) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(waiting));
    arrived_.notify_one();
  }

 private:
  void Run() {
    std::mt19937 random;
    std::unique_lock lock(mutex_);
    for (;;) {
      arrived_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      std::swap(waiting_[random() % waiting_.size()], waiting_.back());
      Waiting next = std::move(waiting_.back());
      waiting_.pop_back();
      lock.unlock();
      Answer(std::move(next));
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Waiting> waiting_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

constexpr int kThreads = 6;
constexpr int kConnections = 3000;

void CheckNoneStrayed(App app) {
  TestServer server(std::move(app));
  Tally tally;

  testing::RunRestlessClients(server.port(), kThreads, kConnections, tally);

  CHECK(tally.strayed == 0);
  CHECK(tally.answered == tally.awaited);
  CHECK(tally.awaited > kThreads * kConnections / 2);
  testing::Until([&] { return server.server().connections() == 0; });
  CHECK(server.server().in_flight() == 0);
}

TEST_CASE("No answer strays when it is given on the reactor's thread", "[http][stress]") {
  CheckNoneStrayed([](Request request, Reply reply) {
    Answer({std::move(request.path), std::move(reply)});
  });
}

TEST_CASE("No answer strays when it is given on any other thread", "[http][stress]") {
  Answerers answerers(4);
  CheckNoneStrayed([&](Request request, Reply reply) {
    answerers.Put({std::move(request.path), std::move(reply)});
  });
}

}  // namespace
}  // namespace bitrade::gateway::http
