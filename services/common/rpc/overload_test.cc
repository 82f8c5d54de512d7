#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "migrations/common_schema.h"
#include "services/common/rpc/neighbour.h"
#include "services/common/rpc/testing/counsel.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::rpc {
namespace {

using registry::v1::CounselFactsService;
using registry::v1::CounselService;
using rpc::testing::Client;
using rpc::testing::Keys;
using rpc::testing::Server;
using rpc::testing::ServerSpec;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

constexpr char kOpen[] =
    R"json({"name": "all", "allow_rules": [{"name": "all", "source": {"principals": ["*"]}, "request": {"paths": ["*"]}}]})json";

// A port that takes connections and never says a word.
class BlackHole {
 public:
  BlackHole() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    REQUIRE(bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(listen(socket_, 64) == 0);
    REQUIRE(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    address_ = absl::StrCat("127.0.0.1:", ntohs(address.sin_port));
  }
  ~BlackHole() { close(socket_); }
  const std::string& address() const { return address_; }

 private:
  const int socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::string address_;
};

// Many calls at once, and what became of them.
class Calls {
 public:
  explicit Calls(int count) : count_(count), left_(count) {}
  std::function<void(grpc::Status)> Ended(std::shared_ptr<grpc::ClientContext> context) {
    return [this, context = std::move(context)](const grpc::Status& status) {
      const absl::Status answer = FromGrpc(status);
      good_ += answer.ok();
      shed_ += bitrade::ReasonOf(answer) == "OVERLOADED" &&
               DetailsOf(answer).retry_after_seconds.has_value();
      ++ended_;
      left_.DecrementCount();
    };
  }
  void Wait() { left_.Wait(); }
  int good() const { return good_; }
  int shed() const { return shed_; }  // RESOURCE_EXHAUSTED with advice when to come again
  int ended() const { return ended_; }
  int count() const { return count_; }

 private:
  const int count_;
  absl::BlockingCounter left_;
  std::atomic<int> good_{0}, shed_{0}, ended_{0};
};

struct Registry {
  explicit Registry(const postgres::ExecutorLimits& limits, rpc::testing::Counsel::UseCase use_case)
      : server(keys,
               ServerSpec{.name = "registry", .conninfo = database.conninfo(), .executor = limits},
               clock),
        ticket(keys.TicketFor("00000000-0000-7000-8000-00000000000a", kNow)) {
    server.Serve(std::make_unique<rpc::testing::Counsel>(server.rpc(), std::move(use_case)));
  }
  void Begin() {
    server.Start();
    gateway = std::make_unique<Client>(keys, server, "gateway");
    stub = CounselService::NewStub(gateway->channel());
  }
  void Start(Calls& calls, int count) {
    for (int i = 0; i < count; ++i) {
      auto context = std::make_shared<grpc::ClientContext>();
      context->AddMetadata("bitrade-ticket-bin", ticket);
      auto response = std::make_shared<registry::v1::Counsel>();
      stub->async()->GetCounsel(
          context.get(), &request, response.get(),
          [response, ended = calls.Ended(context)](const grpc::Status& status) { ended(status); });
    }
  }

  bitrade::testing::Database database{common_schema()};
  bitrade::testing::FakeClock clock{kNow};
  Keys keys;
  Server server;
  const std::string ticket;
  const registry::v1::GetCounselRequest request;
  std::unique_ptr<Client> gateway;
  std::unique_ptr<CounselService::Stub> stub;
};

TEST_CASE("What finds the queue full is refused at once, and what is queued is answered",
          "[rpc][postgres]") {
  absl::Notification taken, go;
  std::atomic<int> ran{0};
  Registry registry({.threads = 1, .max_queue = 8, .max_wait = absl::InfiniteDuration()},
                    [&](Reading&) {
                      if (++ran == 1) {
                        taken.Notify();
                        go.WaitForNotification();
                      }
                      return registry::v1::Counsel();
                    });
  registry.Begin();
  Calls first(1), rest(50);
  registry.Start(first, 1);
  taken.WaitForNotification();
  registry.Start(rest, rest.count());
  // The refusals come while the only thread is still held.
  while (rest.ended() < 42) std::this_thread::yield();
  CHECK(rest.shed() == 42);
  go.Notify();
  first.Wait();
  rest.Wait();
  CHECK(rest.good() == 8);
  CHECK(rest.shed() == 42);
  Calls later(8);
  registry.Start(later, later.count());
  later.Wait();
  CHECK(later.good() == 8);
}

TEST_CASE("What has waited too long is refused when it is taken up, and the next call is answered",
          "[rpc][postgres]") {
  absl::Notification taken, go;
  std::atomic<int> ran{0};
  Registry registry({.threads = 1, .max_queue = 64, .max_wait = absl::Milliseconds(500)},
                    [&](Reading&) {
                      if (++ran == 1) {
                        taken.Notify();
                        go.WaitForNotification();
                      }
                      return registry::v1::Counsel();
                    });
  registry.Begin();
  Calls first(1), old(20);
  registry.Start(first, 1);
  taken.WaitForNotification();
  registry.Start(old, old.count());
  while (registry.server.rpc().parts().executor.queued() < 20) std::this_thread::yield();
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(600);
  while (std::chrono::steady_clock::now() < end) std::this_thread::yield();
  go.Notify();
  first.Wait();
  old.Wait();
  CHECK(first.good() == 1);
  CHECK(old.shed() == 20);
  CHECK(ran == 1);
  // One of the next is taken up in time, unless the machine stands still each time.
  int good = 0;
  for (int i = 0; i < 3 && good == 0; ++i) {
    Calls next(1);
    registry.Start(next, 1);
    next.Wait();
    good += next.good();
  }
  CHECK(good == 1);
}

TEST_CASE(
    "A tenth of the calls waits for a neighbour that is silent, and holds up none of the rest",
    "[rpc][postgres]") {
  Registry registry({.threads = 1, .max_queue = 256, .max_wait = absl::InfiniteDuration()},
                    [](Reading&) { return registry::v1::Counsel(); });
  // It takes every call and answers none, until the test is over.
  std::mutex mutex;
  std::vector<rpc::testing::Facts::Done> unanswered;
  Server hole(
      registry.keys,
      ServerSpec{.name = "identity", .conninfo = registry.database.conninfo(), .policy = kOpen},
      registry.clock);
  hole.Serve(std::make_unique<rpc::testing::Facts>(
      hole.rpc(), [&](const Outgoing&, const std::string&, auto done) {
        const std::lock_guard lock(mutex);
        unanswered.push_back(std::move(done));
      }));
  hole.Start();
  Neighbour silent("identity", hole.address(), registry.keys.TlsOf("registry"),
                   {.deadline = std::chrono::seconds(5)});
  registry.server.Serve(std::make_unique<rpc::testing::Facts>(
      registry.server.rpc(), [&](const Outgoing& outgoing, const std::string&, auto done) {
        static const auto& asked = *new registry::v1::GetCounselFactsRequest;
        silent.Call<registry::v1::CounselFacts>(
            outgoing,
            [&](auto* context, auto* response, auto finished) {
              CounselFactsService::NewStub(silent.channel())
                  ->async()
                  ->GetCounselFacts(context, &asked, response, finished);
            },
            [done](const absl::StatusOr<registry::v1::CounselFacts>& facts) {
              facts.ok() ? done(1) : done(facts.status());
            });
      }));
  registry.Begin();
  Calls needing(10), others(90);
  const Client appointments(registry.keys, registry.server, "appointments");
  const auto facts = CounselFactsService::NewStub(appointments.channel());
  const registry::v1::GetCounselFactsRequest request;
  for (int i = 0; i < needing.count(); ++i) {
    auto context = std::make_shared<grpc::ClientContext>();
    auto response = std::make_shared<registry::v1::CounselFacts>();
    facts->async()->GetCounselFacts(
        context.get(), &request, response.get(),
        [response, ended = needing.Ended(context)](const grpc::Status& status) { ended(status); });
    registry.Start(others, others.count() / needing.count());
  }
  others.Wait();
  CHECK(needing.ended() == 0);  // all ten still wait, and the one thread has served ninety
  CHECK(others.good() == others.count());
  // They end in time, by the neighbour's limit, though nobody gave them a deadline.
  needing.Wait();
  CHECK(needing.good() == 0);
  CHECK(unanswered.size() == 10);
  for (const auto& done : unanswered) done(1);
  CHECK(needing.ended() == needing.count());
}

TEST_CASE("A neighbour that was silent is left alone, then tried with one call at a time",
          "[rpc][unit]") {
  const Keys keys;
  Neighbour neighbour(
      "identity", "127.0.0.1:1", keys.TlsOf("registry"),
      {.most_under_way = 3, .failures_to_open = 2, .open_for = std::chrono::seconds(1)});
  const grpc::Status silent(grpc::StatusCode::UNAVAILABLE, "");
  const auto fail = [&](const grpc::Status& status) {
    REQUIRE_OK(neighbour.Enter());
    neighbour.Left(status);
  };
  fail(silent);
  fail(grpc::Status::CANCELLED);  // who gave up has learnt nothing
  fail(silent);
  CHECK(bitrade::testing::ReasonOf(neighbour.Enter()) == "UNAVAILABLE");
  // Half open: the first that comes tries, and the others wait for what it finds.
  while (!neighbour.Enter().ok()) std::this_thread::yield();
  CHECK_FALSE(neighbour.Enter().ok());
  neighbour.Left(silent);
  CHECK_FALSE(neighbour.Enter().ok());
  while (!neighbour.Enter().ok()) std::this_thread::yield();
  neighbour.Left(grpc::Status(grpc::StatusCode::NOT_FOUND, ""));  // it lives
  // Closed again, and bounded.
  for (int i = 0; i < 3; ++i) REQUIRE_OK(neighbour.Enter());
  CHECK(bitrade::testing::ReasonOf(neighbour.Enter()) == "OVERLOADED");
}

TEST_CASE("A caller without time to wait says nothing of the neighbour", "[rpc][unit]") {
  const Keys keys;
  const BlackHole hole;
  const auto ask = [&](Neighbour& neighbour, std::chrono::system_clock::time_point deadline) {
    const registry::v1::GetCounselFactsRequest request;
    return neighbour
        .CallAndWait<registry::v1::CounselFacts>({.deadline = deadline},
                                                 [&](auto* context, auto* response, auto finished) {
                                                   CounselFactsService::NewStub(neighbour.channel())
                                                       ->async()
                                                       ->GetCounselFacts(context, &request,
                                                                         response, finished);
                                                 })
        .status()
        .code();
  };
  Neighbour patient("identity", hole.address(), keys.TlsOf("registry"),
                    {.deadline = std::chrono::hours(1), .failures_to_open = 1});
  CHECK(ask(patient, std::chrono::system_clock::now() + std::chrono::milliseconds(50)) ==
        absl::StatusCode::kDeadlineExceeded);
  CHECK(patient.Enter().ok());
  Neighbour quick("identity", hole.address(), keys.TlsOf("registry"),
                  {.deadline = std::chrono::milliseconds(200),
                   .failures_to_open = 1,
                   .open_for = std::chrono::hours(1)});
  CHECK(ask(quick, std::chrono::system_clock::time_point::max()) ==
        absl::StatusCode::kDeadlineExceeded);
  CHECK_FALSE(quick.Enter().ok());
}

}  // namespace
}  // namespace bitrade::rpc
