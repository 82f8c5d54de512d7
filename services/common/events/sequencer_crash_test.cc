#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "migrations/common_schema.h"
#include "services/common/audit/append.h"
#include "services/common/audit/chain.h"
#include "services/common/audit/verifier.h"
#include "services/common/events/append.h"
#include "services/common/events/numbering.h"
#include "services/common/events/sequencer.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/child.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::events {
namespace {

using testing::Database;

constexpr char kHalfWay[] = "In a child: a round stops half-way";
constexpr int kAtOnce = 20;

// Stops for ever where the parent says: before, between or after the passes.
TEST_CASE(kHalfWay, "[.]") {
  int stop = 0;
  REQUIRE(absl::SimpleAtoi(testing::Setting("STOP"), &stop));
  std::vector<Pass> passes{NumberEvents, audit::SealAudit};
  passes.insert(passes.begin() + stop, [](postgres::Transaction&) -> absl::StatusOr<int64_t> {
    testing::TellParent("half-way");
    testing::AwaitKill();
  });
  postgres::Connection connection(testing::Setting("CONNINFO"));
  testing::FakeIds ids;
  REQUIRE_OK(RunRound(connection, passes, ids));
}

void Change(Database& database, int times) {
  for (int i = 0; i < times; ++i) {
    REQUIRE_OK(database.connection().Transact([](postgres::Transaction& tx) {
      Append(tx, {"thing",
                  "00000000-0000-7000-8000-000000000001",
                  1,
                  "CHANGED",
                  absl::UnixEpoch(),
                  "tester",
                  {}});
      audit::Append(tx, {{.time = absl::UnixEpoch(),
                          .rpc = "Service/Method",
                          .actor_kind = "SERVICE",
                          .actor = "tester"}});
      return absl::OkStatus();
    }));
  }
}

TEST_CASE("A sequencer killed in mid-round loses nothing and leaves no gap", "[events][postgres]") {
  Database database(common_schema());
  testing::FakeIds ids;
  int64_t changes = 0;
  for (int stop = 0; stop <= 2; ++stop) {
    Change(database, kAtOnce);
    testing::Child child(kHalfWay,
                         {{"CONNINFO", database.conninfo()}, {"STOP", absl::StrCat(stop)}});
    REQUIRE(child.WaitFor("half-way"));
    // Another replica does not join in, and changes go on.
    CHECK(RunRound(database.connection(), {NumberEvents, audit::SealAudit}, ids).value() == 0);
    Change(database, kAtOnce);
    child.Kill();
    changes += int64_t{2} * kAtOnce;
    // The lock ends with the killed session, as soon as the server sees it gone.
    int64_t handled = 0;
    while (handled < int64_t{4} * kAtOnce)
      handled += RunRound(database.connection(), {NumberEvents, audit::SealAudit}, ids).value();
    CHECK(handled == int64_t{4} * kAtOnce);
    const auto row = database.Run(
        "SELECT count(*), min(position), max(position), (SELECT head FROM stream) FROM event")[0];
    CHECK(row[0].as<int64_t>() == changes);
    CHECK(row[1].as<int64_t>() == 1);
    CHECK(row[2].as<int64_t>() == changes);
    CHECK(row[3].as<int64_t>() == changes);
    const audit::Verdict verdict = audit::Verify(database.connection(), {}).value();
    CHECK_FALSE(verdict.fault.has_value());
    CHECK(verdict.unproven == changes);
  }
}

}  // namespace
}  // namespace bitrade::events
