#include "services/common/rpc/call.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "migrations/common_schema.h"
#include "services/common/rpc/testing/counsel.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::rpc {
namespace {

using registry::v1::CounselService;
using rpc::testing::Client;
using rpc::testing::Keys;
using rpc::testing::Server;
using rpc::testing::ServerSpec;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
constexpr char kPerson[] = "00000000-0000-7000-8000-00000000000a";
constexpr postgres::ExecutorLimits kOneThread{.threads = 1, .max_wait = absl::InfiniteDuration()};

// registry's GetCounsel with a use case of the test's own, and a person who calls it.
struct Registry {
  explicit Registry(rpc::testing::Counsel::UseCase use_case, const std::string& audit = "",
                    const postgres::ExecutorLimits& executor = kOneThread)
      : server(keys,
               ServerSpec{.name = "registry",
                          .conninfo = database.conninfo(),
                          .audit_conninfo = audit,
                          .executor = executor},
               clock) {
    auto owned = std::make_unique<rpc::testing::Counsel>(server.rpc(), std::move(use_case));
    service = owned.get();
    server.Serve(std::move(owned));
  }
  // Starts at the first call.
  absl::StatusOr<registry::v1::Counsel> Get() {
    if (client == nullptr) Begin();
    return client->Call(*stub, &CounselService::Stub::GetCounsel,
                        registry::v1::GetCounselRequest());
  }
  void Begin() {
    server.Start();
    client = std::make_unique<Client>(keys, server, "gateway");
    client->BringTicket(keys.TicketFor(kPerson, kNow));
    stub = CounselService::NewStub(client->channel());
  }

  bitrade::testing::Database database{common_schema()};
  bitrade::testing::FakeClock clock{kNow};
  Keys keys;
  Server server;
  rpc::testing::Counsel* service = nullptr;
  std::unique_ptr<Client> client;
  std::unique_ptr<CounselService::Stub> stub;
};

registry::v1::Counsel SomeCounsel() {
  registry::v1::Counsel counsel;
  counsel.set_id(kPerson);
  return counsel;
}

// Standard error into a file, for as long as this lives.
class Lines {
 public:
  Lines() : file_((std::filesystem::temp_directory_path() / "bitrade-lines-XXXXXX").string()) {
    const int fd = mkostemp(file_.data(), O_APPEND);
    dup2(fd, STDERR_FILENO);
    close(fd);
  }
  ~Lines() {
    dup2(before_, STDERR_FILENO);
    close(before_);
    unlink(file_.c_str());
  }
  // The lines that hold all of `words`.
  int Count(const std::vector<std::string>& words) const {
    std::ifstream in(file_);
    int count = 0;
    for (std::string line; std::getline(in, line);) {
      count += std::all_of(words.begin(), words.end(), [&line](const std::string& word) {
        return line.find(word) != std::string::npos;
      });
    }
    return count;
  }

 private:
  std::string file_;
  const int before_ = dup(STDERR_FILENO);
};

TEST_CASE("A read that cannot be audited is not answered", "[rpc][postgres]") {
  Registry registry([](Reading&) { return SomeCounsel(); }, "host=/nonexistent dbname=none");
  const auto answer = registry.Get();
  CHECK(answer.status().code() == absl::StatusCode::kUnavailable);
  CHECK(DetailsOf(answer.status()).retry_after_seconds.has_value());
}

TEST_CASE("The answer leaves after its audit row is committed", "[rpc][postgres]") {
  Registry registry([](Reading& reading) {
    reading.Saw(kPerson);
    return SomeCounsel();
  });
  for (int i = 1; i <= 20; ++i) {
    REQUIRE_OK(registry.Get());
    CHECK(registry.database
              .Run("SELECT count(*) FROM audit WHERE outcome = 'OK' AND object_ids = "
                   "ARRAY['00000000-0000-7000-8000-00000000000a']::uuid[]")[0][0]
              .as<int>() == i);
  }
}

TEST_CASE("What was not found is audited with what was looked for", "[rpc][postgres]") {
  Registry registry([](Reading& reading) -> absl::StatusOr<registry::v1::Counsel> {
    reading.Saw(kPerson);
    return Refuse(kNotFound);
  });
  CHECK(registry.Get().status().code() == absl::StatusCode::kNotFound);
  CHECK(registry.database
            .Run("SELECT count(*) FROM audit WHERE outcome = 'NOT_FOUND' AND "
                 "cardinality(object_ids) = 1")[0][0]
            .as<int>() == 1);
}

TEST_CASE("What a state refuses is audited, and what the caller had wrong is not",
          "[rpc][postgres]") {
  const Reason reasons[] = {
      {"OVER", absl::StatusCode::kFailedPrecondition, {"Over", "It is over."}, {"Slut", "Slut."}},
      {"WRONG", absl::StatusCode::kInvalidArgument, {"Wrong", "It is wrong."}, {"Fel", "Fel."}}};
  for (const Reason& reason : reasons) {
    Registry registry(
        [&](Reading&) -> absl::StatusOr<registry::v1::Counsel> { return Refuse(reason); });
    CHECK(registry.Get().status().code() == reason.code);
    CHECK(registry.database.Run("SELECT count(*) FROM audit WHERE outcome = 'OVER'")[0][0]
              .as<int>() == (reason.code == absl::StatusCode::kFailedPrecondition ? 1 : 0));
  }
}

TEST_CASE("What the last run of a use case noted stands in the row", "[rpc][postgres]") {
  int ran = 0;
  Registry registry([&ran](Reading& reading) -> absl::StatusOr<registry::v1::Counsel> {
    if (++ran == 1) {
      reading.Note(audit::Circumstance::kRisk, "low");
      return AskFirst(kPerson);
    }
    reading.Note(audit::Circumstance::kAddress, "192.0.2.7");
    return SomeCounsel();
  });
  registry.server.AskWith(
      {.ask = [](const Outgoing&, const std::string&, auto done) { done(std::any()); },
       .apply = [](postgres::Transaction&, const std::any&) { return absl::OkStatus(); }});
  REQUIRE_OK(registry.Get());
  CHECK(registry.database.Run("SELECT circumstances::text FROM audit")[0][0].as<std::string>() ==
        R"({"address": "192.0.2.7"})");
}

TEST_CASE("A refusal that says why stands in the trail, of whatever kind it is",
          "[rpc][postgres]") {
  Registry registry([](Reading& reading) -> absl::StatusOr<registry::v1::Counsel> {
    reading.Note(audit::Circumstance::kWhy, "EPOCH");
    return Refuse(kUnauthenticated);
  });
  CHECK(registry.Get().status().code() == absl::StatusCode::kUnauthenticated);
  CHECK(registry.database
            .Run("SELECT count(*) FROM audit WHERE circumstances ->> 'why' = 'EPOCH' AND outcome "
                 "<> 'OK'")[0][0]
            .as<int>() == 1);
}

TEST_CASE("A use case that throws is answered without a word, and told to the log",
          "[rpc][postgres]") {
  const Lines lines;
  Registry registry([](Reading&) -> absl::StatusOr<registry::v1::Counsel> {
    throw std::logic_error("an invariant is broken");
  });
  const auto answer = registry.Get();
  CHECK(answer.status().code() == absl::StatusCode::kInternal);
  CHECK(answer.status().ToString().find("invariant") == std::string::npos);
  CHECK(lines.Count({"\"level\":\"warning\"", "an invariant is broken"}) == 1);
}

TEST_CASE("Every outcome leaves one line", "[rpc][postgres]") {
  const Lines lines;
  const absl::Status outcomes[] = {
      absl::OkStatus(),           Refuse(kNotFound),
      Refuse(kEtagMismatch),      Refuse(kOverloaded),
      Refuse(kUnavailable),       absl::InternalError("broken"),
      absl::CancelledError("no"), absl::AlreadyExistsError("a constraint")};
  int calls = 0;
  Registry registry([&](Reading&) -> absl::StatusOr<registry::v1::Counsel> {
    const absl::Status& outcome = outcomes[calls++];
    if (outcome.ok()) return SomeCounsel();
    return outcome;
  });
  for (const absl::Status& outcome : outcomes) {
    const std::string code =
        absl::StrCat("\"code\":\"", absl::StatusCodeToString(outcome.code()), "\"");
    INFO(code);
    CHECK(lines.Count({"\"message\":\"rpc\"", code}) == 0);
    CHECK(registry.Get().ok() == outcome.ok());
    CHECK(lines.Count({"\"message\":\"rpc\"", code, "GetCounsel", "\"caller\":\"gateway\"",
                       "\"ms\":"}) == 1);
  }
  // What no rule foresaw is worth attention, a refusal is not.
  CHECK(lines.Count({"\"level\":\"warning\"", "a constraint"}) == 1);
  CHECK(lines.Count({"\"level\":\"warning\"", "NOT_FOUND"}) == 0);
  // A ticket that does not hold, too.
  registry.client->BringTicket("garbage");
  CHECK_FALSE(registry.Get().ok());
  CHECK(lines.Count({"UNAUTHENTICATED", "\"caller\":\"gateway\""}) == 1);
}

TEST_CASE("Whoever has gone when the call is taken up costs the database nothing",
          "[rpc][postgres]") {
  absl::Notification taken, go;
  std::atomic<int> ran{0};
  Registry registry([&](Reading&) {
    if (++ran == 1) {
      taken.Notify();
      go.WaitForNotification();
    }
    return SomeCounsel();
  });
  registry.Begin();
  bool first_ok = false, second_ok = true;
  std::thread first([&] { first_ok = registry.Get().ok(); });
  taken.WaitForNotification();
  grpc::CallbackServerContext* const of_first = registry.service->arrived();
  grpc::ClientContext context;
  context.AddMetadata("bitrade-ticket-bin", registry.keys.TicketFor(kPerson, kNow));
  std::thread second([&] {
    registry::v1::Counsel response;
    second_ok = registry.stub->GetCounsel(&context, {}, &response).ok();
  });
  while (registry.service->arrived() == of_first) std::this_thread::yield();
  context.TryCancel();
  while (!registry.service->arrived()->IsCancelled()) std::this_thread::yield();
  go.Notify();
  first.join();
  second.join();
  CHECK(first_ok);
  CHECK_FALSE(second_ok);
  REQUIRE_OK(registry.Get());
  CHECK(ran == 2);  // the first call and the last
}

TEST_CASE("The owner is asked once; who cannot be asked is a part that is down",
          "[rpc][postgres]") {
  int ran = 0, asked = 0;
  bool known = false;
  absl::Status said;
  Registry registry([&](Reading& reading) -> absl::StatusOr<registry::v1::Counsel> {
    ++ran;
    if (!reading.asked() || !known) return AskFirst(kPerson);
    return SomeCounsel();
  });
  registry.server.AskWith(
      {.ask =
           [&](const Outgoing&, const std::string& key, auto done) {
             CHECK(key == kPerson);
             ++asked;
             said.ok() ? done(std::any(known)) : done(said);
           },
       .apply = [](postgres::Transaction&, const std::any&) { return absl::OkStatus(); }});
  // Still not known after it was asked: it does not exist.
  CHECK(registry.Get().status().code() == absl::StatusCode::kNotFound);
  CHECK(ran == 2);
  CHECK(asked == 1);
  known = true;
  CHECK(registry.Get().ok());
  CHECK(asked == 2);
  for (const absl::Status& failure : {absl::DeadlineExceededError(""), Refuse(kPermissionDenied),
                                      absl::CancelledError(""), Refuse(kOverloaded)}) {
    said = failure;
    CHECK(bitrade::testing::ReasonOf(registry.Get()) == "UNAVAILABLE");
  }
}

}  // namespace
}  // namespace bitrade::rpc
