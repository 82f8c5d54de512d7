#include "services/common/events/consumer.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "migrations/common_schema.h"
#include "services/common/events/testing/source.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/child.h"
#include "services/common/testing/database.h"

namespace bitrade::events {
namespace {

using bitrade::testing::Child;
using bitrade::testing::Database;
using bitrade::testing::Setting;
using events::testing::Change;
using events::testing::Number;
using events::testing::Source;

using postgres::Statement;
constexpr Statement kEffect{"test_effect", "INSERT INTO effect (position) VALUES ($1)"};
constexpr Statement kProject{"test_project", R"sql(
    INSERT INTO projection VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET version = excluded.version
    WHERE projection.version < excluded.version)sql"};
constexpr Statement kForget{"test_forget", "DELETE FROM projection"};

// `effect` shows how often each event was applied: it forgets nothing and ignores nothing.
const postgres::MigrationPlan& ConsumerSchema() {
  static const auto& plan = *new postgres::MigrationPlan([] {
    postgres::MigrationPlan all = common_schema();
    all.push_back({"test/0001_create_effects.sql",
                   "CREATE TABLE effect (nth int GENERATED ALWAYS AS IDENTITY, position bigint); "
                   "CREATE TABLE projection (id uuid PRIMARY KEY, version bigint)"});
    return all;
  }());
  return plan;
}

absl::Status Apply(postgres::Transaction& tx, const v1::Event& event) {
  tx.Exec(kEffect, event.position());
  tx.Exec(kProject, event.aggregate_id(), event.version());
  return absl::OkStatus();
}

ConsumerSpec SpecOf(const std::string& conninfo) {
  return {.source = "appointments",
          .conninfo = conninfo,
          .apply = Apply,
          .reset = [](postgres::Transaction& tx) { tx.Exec(kForget); }};
}

// A consumer's side: its database, its view of the source, and what it has made of it.
struct Following {
  Following(const rpc::testing::Keys& keys, const std::string& address)
      : neighbour("appointments", address, keys.TlsOf("documents")) {}

  void Start() {
    consumer = std::make_unique<Consumer>(SpecOf(database.conninfo()), neighbour, clock);
  }
  std::string Text(const std::string& sql) { return database.Run(sql)[0][0].as<std::string>(""); }
  // Waits until the consumer stands at `position` of the stream `stream_id` ("" for any).
  bool Stands(int64_t position, const std::string& stream_id = "") {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    const std::string wanted =
        absl::StrCat("SELECT count(*) FROM consumer WHERE position = ", position,
                     stream_id.empty() ? "" : absl::StrCat(" AND stream_id = '", stream_id, "'"));
    while (std::chrono::steady_clock::now() < end) {
      if (Text(wanted) == "1") return true;
    }
    return false;
  }
  std::string Effects() {
    return Text("SELECT string_agg(position::text, ' ' ORDER BY nth) FROM effect");
  }
  std::string Projection() {
    return Text(
        "SELECT string_agg(right(id::text, 1) || ':' || version, ' ' ORDER BY id) FROM projection");
  }

  Database database{ConsumerSchema()};
  bitrade::testing::FakeClock clock{absl::FromUnixSeconds(1'800'000'000)};
  rpc::Neighbour neighbour;
  std::unique_ptr<Consumer> consumer;
};

constexpr char kDies[] = "In a child: a consumer stops between effect and position";

TEST_CASE(kDies, "[.]") {
  const rpc::TlsFiles tls{.certificate = Setting("CERTIFICATE"),
                          .key = Setting("KEY"),
                          .ca = Setting("CA"),
                          .trust_domain = "bitrade.local"};
  rpc::Neighbour source("appointments", Setting("ADDRESS"), tls);
  const bitrade::testing::FakeClock clock(absl::FromUnixSeconds(1'800'000'000));
  ConsumerSpec spec = SpecOf(Setting("CONNINFO"));
  const std::string stop = Setting("STOP");
  spec.apply = [stop](postgres::Transaction& tx, const v1::Event& event) {
    const absl::Status applied = Apply(tx, event);
    REQUIRE(applied.ok());
    if (absl::StrCat(event.position()) == stop) {
      bitrade::testing::TellParent("between");
      bitrade::testing::AwaitKill();
    }
    return applied;
  };
  const Consumer consumer(spec, source, clock);
  bitrade::testing::AwaitKill();
}

TEST_CASE("A consumer killed between effect and position applies nothing twice and loses nothing",
          "[events][postgres]") {
  Database origin(common_schema());
  origin.Run(testing::kThings);
  for (int i = 0; i < 6; ++i) Change(origin.conninfo(), i % 2);
  Number(origin.conninfo());
  const rpc::testing::Keys keys;
  const Source source(keys, origin.conninfo());
  Following following(keys, source.address());
  const rpc::TlsFiles tls = keys.TlsOf("documents");
  for (int stop : {1, 3, 4}) {
    Child child(kDies, {{"CONNINFO", following.database.conninfo()},
                        {"ADDRESS", source.address()},
                        {"CERTIFICATE", tls.certificate},
                        {"KEY", tls.key},
                        {"CA", tls.ca},
                        {"STOP", absl::StrCat(stop)}});
    REQUIRE(child.WaitFor("between"));
    child.Kill();
    CHECK(following.Stands(stop - 1));
  }
  following.Start();
  REQUIRE(following.Stands(6));
  CHECK(following.Effects() == "1 2 3 4 5 6");
  CHECK(following.Projection() == "0:3 1:3");
}

TEST_CASE("Two replicas of a consumer apply each event once", "[events][postgres]") {
  Database origin(common_schema());
  origin.Run(testing::kThings);
  Number(origin.conninfo());
  const rpc::testing::Keys keys;
  const Source source(keys, origin.conninfo());
  Following following(keys, source.address());
  following.Start();
  const Consumer other(SpecOf(following.database.conninfo()), following.neighbour, following.clock);
  std::string expected;
  for (int i = 1; i <= 30; ++i) {
    Change(origin.conninfo(), i % 3);
    Number(origin.conninfo());
    absl::StrAppend(&expected, i == 1 ? "" : " ", i);
  }
  REQUIRE(following.Stands(30));
  CHECK(following.Effects() == expected);
}

TEST_CASE("News are as old as the source says, and never younger than our own clock",
          "[events][postgres]") {
  Database origin(common_schema());
  origin.Run(testing::kThings);
  Change(origin.conninfo(), 0);
  Number(origin.conninfo());
  const rpc::testing::Keys keys;
  const Source source(keys, origin.conninfo());
  Following following(keys, source.address());
  following.clock.Advance(absl::Hours(1));  // whoever reads old news reads them later
  following.Start();
  REQUIRE(following.Stands(1));
  while (following.Text("SELECT fresh_time = to_timestamp(1800000000) FROM consumer") != "t")
    continue;
  following.clock.Advance(-absl::Hours(2));  // a source whose clock is ahead makes no future
  while (following.Text("SELECT fresh_time = to_timestamp(1800000000 - 3600) FROM consumer") != "t")
    continue;
}

// What operations does after a disaster: a dump, restored into another database.
void Restore(const std::string& from, const std::string& to) {
  const std::string command = absl::StrCat(
      "pg_dump -d \"", from, "\" | psql -X -q -v ON_ERROR_STOP=1 -d \"", to, "\" > /dev/null");
  REQUIRE(std::system(command.c_str()) == 0);
}

TEST_CASE(
    "After dump and restore the stream is another, and a consumer starts over from the snapshot",
    "[events][postgres]") {
  const bitrade::testing::SeparateDatabase origin, restored;
  REQUIRE_OK(postgres::Migrate(origin.conninfo(), common_schema(), ""));
  origin.Run(testing::kThings);
  const auto stream_of = [](const bitrade::testing::SeparateDatabase& database) {
    return database.Run("SELECT stream_id FROM stream")[0][0].as<std::string>();
  };
  for (int i = 0; i < 3; ++i) Change(origin.conninfo(), i);
  Number(origin.conninfo());
  Restore(origin.conninfo(), restored.conninfo());
  // What comes after the dump is applied by the consumer and lost by the source.
  Change(origin.conninfo(), 0);
  Change(origin.conninfo(), 5);
  Number(origin.conninfo());
  const rpc::testing::Keys keys;
  auto source = std::make_unique<Source>(keys, origin.conninfo());
  const std::string address = source->address();
  Following following(keys, address);
  following.Start();
  const std::string old_stream = stream_of(origin);
  REQUIRE(following.Stands(5, old_stream));
  CHECK(following.Projection() == "0:2 1:1 2:1 5:1");

  source.reset();
  Number(restored.conninfo());
  const std::string new_stream = stream_of(restored);
  CHECK(new_stream != old_stream);
  Change(restored.conninfo(), 1);
  Number(restored.conninfo());
  source = std::make_unique<Source>(keys, restored.conninfo(), address);
  // The old stream is refused, though its position would exist in the new one.
  const auto stub = v1::EventService::NewStub(following.neighbour.channel());
  REQUIRE(following.Stands(4, new_stream));
  grpc::ClientContext context;
  v1::WatchRequest request;
  request.set_stream_id(old_stream);
  request.set_after(2);
  v1::WatchResponse message;
  const auto reader = stub->Watch(&context, request);
  CHECK_FALSE(reader->Read(&message));
  CHECK(reader->Finish().error_code() == grpc::StatusCode::OUT_OF_RANGE);
  // The projection is what the restored source has, and goes on from there.
  CHECK(following.Projection() == "0:1 1:2 2:1");
  Change(restored.conninfo(), 2);
  Number(restored.conninfo());
  REQUIRE(following.Stands(5, new_stream));
  CHECK(following.Projection() == "0:1 1:2 2:2");
}

}  // namespace
}  // namespace bitrade::events
