#include "services/common/rpc/passes.h"

#include <functional>

#include "migrations/common_schema.h"
#include "services/common/audit/append.h"
#include "services/common/events/append.h"
#include "services/common/rpc/testing/keys.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::rpc {
namespace {

TEST_CASE("Events are numbered and audit rows sealed though no checkpoint can be written",
          "[rpc][postgres]") {
  bitrade::testing::Database database(common_schema());
  bitrade::testing::FakeClock clock(absl::FromUnixSeconds(1'800'000'000));
  bitrade::testing::FakeIds ids;
  const testing::Keys keys;
  const auto passes = PassesAfterCommit(clock, "/dev/full", keys.AuditSigner());
  for (int round = 1; round <= 3; ++round) {
    REQUIRE_OK(database.connection().Transact([](postgres::Transaction& tx) {
      events::Append(tx, {.aggregate = "thing",
                          .aggregate_id = "00000000-0000-7000-8000-000000000001",
                          .version = 1,
                          .kind = "CHANGED",
                          .actor = "tester"});
      audit::Append(tx, {{.rpc = "S/M", .actor_kind = "SERVICE", .actor = "tester"}});
      return absl::OkStatus();
    }));
    clock.Advance(absl::Seconds(20));  // a checkpoint is due
    CHECK(events::RunRound(database.connection(), passes, ids).value() == 2);
  }
  CHECK(database.Run("SELECT count(position) FROM event")[0][0].as<int>() == 3);
  CHECK(database.Run("SELECT count(position) FROM audit")[0][0].as<int>() == 3);
}

TEST_CASE("What is left is an event without a number or an audit row without a seal",
          "[rpc][postgres]") {
  bitrade::testing::Database database(common_schema());
  bitrade::testing::FakeClock clock(absl::FromUnixSeconds(1'800'000'000));
  bitrade::testing::FakeIds ids;
  const testing::Keys keys;
  const auto passes = PassesAfterCommit(clock, "/dev/null", keys.AuditSigner());
  const auto left = [&] {
    bool found = false;
    REQUIRE_OK(database.connection().Read([&](postgres::Transaction& tx) {
      found = AnythingLeft(tx);
      return absl::OkStatus();
    }));
    return found;
  };
  const auto change = [&](const std::function<void(postgres::Transaction&)>& work) {
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) {
      work(tx);
      return absl::OkStatus();
    }));
  };
  CHECK_FALSE(left());
  change([](postgres::Transaction& tx) {
    events::Append(tx, {.aggregate = "thing",
                        .aggregate_id = "00000000-0000-7000-8000-000000000001",
                        .version = 1,
                        .kind = "CHANGED",
                        .actor = "tester"});
  });
  CHECK(left());
  CHECK(events::RunRound(database.connection(), passes, ids).value() == 1);
  CHECK_FALSE(left());
  change([](postgres::Transaction& tx) {
    audit::Append(tx, {{.rpc = "S/M", .actor_kind = "SERVICE", .actor = "tester"}});
  });
  CHECK(left());
  CHECK(events::RunRound(database.connection(), passes, ids).value() == 1);
  CHECK_FALSE(left());
}

}  // namespace
}  // namespace bitrade::rpc
