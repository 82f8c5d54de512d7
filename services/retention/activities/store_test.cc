#include "services/retention/activities/store.h"

#include "migrations/access_delegation_schema.h"
#include "services/common/access/delegations/projection.h"
#include "services/retention/testing/sample.h"

namespace bitrade::retention {
namespace {

using testing::kNow;

const auto kAstrid = CounselId::Trusted("00000000-0000-7000-9000-000000000001");
const auto kDisa = PersonId::Trusted("00000000-0000-7000-9000-000000000002");
const std::string kFirst = "00000000-0000-7000-b000-000000000001";
const std::string kSecond = "00000000-0000-7000-b000-000000000002";
const auto kGreatest = ActivityId::Trusted("ffffffff-ffff-ffff-ffff-ffffffffffff");

Activity Read(int number, absl::Time time = kNow) {
  return {.id = ActivityId::Trusted("00000000-0000-7000-c000-00000000000" + std::to_string(number)),
          .counsel = kAstrid,
          .delegate = kDisa,
          .delegation = std::nullopt,
          .operation = "GetDocument",
          .object_ids = {kFirst},
          .time = time};
}

struct Bench {
  Bench()
      : database(rpc::PlanOf({common_schema(), access_delegation_schema(), retention_schema()})) {}

  template <typename Work>
  auto Do(Work work) {
    std::optional<decltype(work(std::declval<postgres::Transaction&>()))> result;
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      result = work(tx);
      return absl::OkStatus();
    }));
    return *std::move(result);
  }
  void Keep(const Activity& activity, const std::string& seal) {
    Do([&](postgres::Transaction& tx) {
      store.Keep(tx, {"documents", seal}, activity);
      return true;
    });
  }
  ActivityPage List(const ActivityRows& rows, const CounselId& counsel = kAstrid) {
    return Do([&](postgres::Transaction& tx) { return store.List(tx, counsel, rows); });
  }
  // Disa has a delegation for the days around `from`.
  void Delegate(const std::string& id, absl::Time from) {
    Do([&](postgres::Transaction& tx) {
      access::Store(tx, {.delegation_id = id,
                         .principal_id = kAstrid.text(),
                         .delegate_id = kDisa.text(),
                         .scopes = {"documents:read"},
                         .valid_from = from,
                         .valid_until = from + absl::Hours(24),
                         .active = true,
                         .version = 1});
      return true;
    });
  }

  bitrade::testing::Database database;
  ActivityStore store;
};

TEST_CASE("An activity comes back as it was kept, once however often it is told",
          "[retention][postgres]") {
  Bench bench;
  bench.Keep(Read(1), "seal");
  bench.Keep(Read(2), "seal");

  const ActivityPage page = bench.List({.before = kGreatest});

  CHECK(page.total == 1);
  REQUIRE(page.activities.size() == 1);
  const Activity& activity = page.activities[0];
  CHECK(activity.id == Read(1).id);
  CHECK(activity.delegate == kDisa);
  CHECK(activity.action == Action::kRead);
  CHECK(activity.by == By::kDelegate);
  CHECK(activity.operation == "GetDocument");
  CHECK(activity.object_ids == Read(1).object_ids);
  CHECK(activity.time == kNow);
  CHECK_FALSE(activity.delegation.has_value());
}

TEST_CASE("A page is the newest first, and tells whether there is more", "[retention][postgres]") {
  Bench bench;
  for (int number = 1; number <= 3; ++number) bench.Keep(Read(number), std::to_string(number));

  const ActivityPage first = bench.List({.limit = 2, .before = kGreatest});
  REQUIRE(first.activities.size() == 2);
  CHECK(first.activities[0].id == Read(3).id);
  CHECK(first.more);
  const ActivityPage rest = bench.List({.limit = 2, .before = first.activities[1].id});
  CHECK(rest.activities.size() == 1);
  CHECK_FALSE(rest.more);
  CHECK(bench.List({.limit = 2, .offset = 4, .before = kGreatest}).total == 3);
}

TEST_CASE("A counsel's list is hers alone", "[retention][postgres]") {
  Bench bench;
  bench.Keep(Read(1), "seal");
  const auto other = CounselId::Trusted("00000000-0000-7000-9000-000000000003");

  CHECK(bench.List({.before = kGreatest}, other).total == 0);
}

TEST_CASE("An activity belongs to the delegation that held then", "[retention][postgres]") {
  Bench bench;
  bench.Delegate(kFirst, kNow - absl::Hours(1));
  bench.Delegate(kSecond, kNow + absl::Hours(48));
  bench.Keep(Read(1), "then");
  bench.Keep(Read(2, kNow + absl::Hours(49)), "later");
  Activity told = Read(3);
  told.delegation = DelegationId::Trusted(kSecond);
  bench.Keep(told, "told");

  const ActivityPage page = bench.List({.before = kGreatest});

  REQUIRE(page.activities.size() == 3);
  CHECK(page.activities[0].delegation->text() == kSecond);
  CHECK(page.activities[1].delegation->text() == kSecond);
  CHECK(page.activities[2].delegation->text() == kFirst);
}

TEST_CASE("How far a trail is gathered is kept by source", "[retention][postgres]") {
  Bench bench;
  bench.Do([&](postgres::Transaction& tx) {
    CHECK(bench.store.Lock(tx, "documents") == Gathered{});
    bench.store.Move(tx, "documents", {kFirst, 7});
    CHECK(bench.store.Lock(tx, "documents") == Gathered{kFirst, 7});
    CHECK(bench.store.Lock(tx, "billing") == Gathered{});
    return true;
  });
}

}  // namespace
}  // namespace bitrade::retention
