#include "absl/strings/str_cat.h"
#include "migrations/access_schema.h"
#include "migrations/billing_schema.h"
#include "migrations/common_schema.h"
#include "services/billing/cost_statements/claimed_time_store.h"
#include "services/common/rpc/service_main.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::billing {
namespace {

const std::string kAstrid = "00000000-0000-7000-9000-000000000001";
const std::string kOther = "00000000-0000-7000-9000-000000000002";
const absl::CivilDay kDay(2026, 2, 4);
// 08:00 in Stockholm.
const absl::Time kMorning = absl::FromUnixSeconds(1'770'188'400);

// Statements whose content nobody opens.
struct Bench {
  Bench() : database(rpc::PlanOf({common_schema(), access_schema(), billing_schema()})) {}

  CostStatementId Claimed(int number, const std::string& counsel,
                          const std::vector<ClaimedDay>& days) {
    const std::string id = absl::StrCat("00000000-0000-7000-8000-00000000000", number);
    database.Run(absl::StrCat(
        "INSERT INTO cost_statement (id, appointment_id, counsel_id, state, version, "
        "content_version, create_time, update_time, input) VALUES ('",
        id, "', '", id, "', '", counsel,
        "', 'DRAFT', 1, 1, '2026-02-05Z', '2026-02-05Z', 'sealed') ON CONFLICT DO NOTHING"));
    const CostStatement statement{.id = CostStatementId::Trusted(id),
                                  .appointment = AppointmentId::Trusted(id),
                                  .counsel = CounselId::Trusted(counsel)};
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) {
      store.Keep(tx, statement, days);
      return absl::OkStatus();
    }));
    return statement.id;
  }

  std::vector<SharedDay> Shared(const CostStatementId& id, Others others = Others::kAll) {
    std::vector<SharedDay> shared;
    REQUIRE_OK(database.connection().Read([&](postgres::Transaction& tx) {
      shared = store.Shared(tx, {id}, others, kMorning);
      return absl::OkStatus();
    }));
    return shared;
  }

  testing::Database database;
  ClaimedTimeStore store;
};

ClaimedDay Day(int minutes, const std::vector<Interval>& losses = {}) {
  return {.day = kDay, .minutes = minutes, .losses = losses};
}

Interval Minutes(int from, int to) {
  return {kMorning + absl::Minutes(from), kMorning + absl::Minutes(to)};
}

TEST_CASE("Time loss that two statements share is counted by the minute", "[billing][postgres]") {
  Bench bench;
  const CostStatementId first =
      bench.Claimed(1, kAstrid, {Day(120, {Minutes(0, 60), Minutes(120, 180)})});
  const CostStatementId second = bench.Claimed(2, kAstrid, {Day(100, {Minutes(45, 145)})});

  const std::vector<SharedDay> shared = bench.Shared(first);

  REQUIRE(shared.size() == 1);
  CHECK(shared[0].statement == first);
  CHECK(shared[0].other == second);
  CHECK(shared[0].day == kDay);
  CHECK(shared[0].minutes == 120);
  CHECK(shared[0].other_minutes == 100);
  CHECK(shared[0].common_loss_minutes == 40);
}

TEST_CASE("What ends when the other begins is not shared, nor are the days of another counsel",
          "[billing][postgres]") {
  Bench bench;
  const CostStatementId first = bench.Claimed(1, kAstrid, {Day(60, {Minutes(0, 60)})});
  bench.Claimed(2, kAstrid, {Day(60, {Minutes(60, 120)})});
  bench.Claimed(3, kOther, {Day(60, {Minutes(0, 60)})});

  const std::vector<SharedDay> shared = bench.Shared(first);

  REQUIRE(shared.size() == 1);
  CHECK(shared[0].common_loss_minutes == 0);
}

TEST_CASE("Among what is filed a draft does not count", "[billing][postgres]") {
  Bench bench;
  const CostStatementId first = bench.Claimed(1, kAstrid, {Day(60)});
  bench.Claimed(2, kAstrid, {Day(60)});

  CHECK(bench.Shared(first).size() == 1);
  CHECK(bench.Shared(first, Others::kFiled).empty());
}

TEST_CASE("A change takes the place of what was claimed, and a deleted draft claims nothing",
          "[billing][postgres]") {
  Bench bench;
  const CostStatementId first = bench.Claimed(1, kAstrid, {Day(60)});
  const CostStatementId second = bench.Claimed(2, kAstrid, {Day(60)});

  bench.Claimed(2, kAstrid, {});
  CHECK(bench.Shared(first).empty());
  bench.Claimed(2, kAstrid, {Day(30)});
  CHECK(bench.Shared(first).at(0).other_minutes == 30);
  bench.database.Run("DELETE FROM cost_statement WHERE id = '" + second.text() + "'");
  CHECK(bench.Shared(first).empty());
}

}  // namespace
}  // namespace bitrade::billing
