#include "services/retention/activities/upkeep.h"

#include "migrations/access_delegation_schema.h"
#include "services/common/access/delegations/projection.h"
#include "services/retention/testing/sample.h"

namespace bitrade::retention {
namespace {

using testing::kNow;

const std::string kAstrid = "00000000-0000-7000-9000-000000000001";
const std::string kBirgit = "00000000-0000-7000-9000-000000000003";
const std::string kDisa = "00000000-0000-7000-9000-000000000002";
const std::string kFirst = "00000000-0000-7000-b000-000000000001";
const std::string kSecond = "00000000-0000-7000-b000-000000000002";
constexpr absl::Duration kDay = absl::Hours(24);
constexpr absl::Duration kKept = absl::Hours(730 * 24);

struct Bench {
  void Round() { upkeep.Round(database.connection()); }
  void At(absl::Duration later) {
    clock.Set(kNow + later);
    Round();
  }
  void Did(const std::string& counsel, absl::Time time) {
    const std::string id = ids.NewUuid(time);
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      store.Keep(tx, {"documents", id},
                 {.id = ActivityId::Trusted(id),
                  .counsel = CounselId::Trusted(counsel),
                  .delegate = PersonId::Trusted(kDisa),
                  .delegation = std::nullopt,
                  .operation = "GetDocument",
                  .object_ids = {kFirst},
                  .time = time});
      return absl::OkStatus();
    }));
  }
  // Astrid lets Disa in until `until`.
  void Delegate(const std::string& id, absl::Time from, absl::Time until, bool active = true) {
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      access::Store(tx, {.delegation_id = id,
                         .principal_id = kAstrid,
                         .delegate_id = kDisa,
                         .scopes = {"documents:read"},
                         .valid_from = from,
                         .valid_until = until,
                         .active = active,
                         .version = 1});
      return absl::OkStatus();
    }));
  }
  // A legal hold on an appointment, Astrid's if it is known.
  void Hold(const std::string& appointment) {
    database.Run(absl::StrCat("INSERT INTO legal_hold VALUES ('", kSecond, "', '", appointment,
                              "', 'A-1', '2026-02-02Z', NULL)"));
  }
  std::string Ask(const std::string& sql) { return database.Run(sql)[0][0].as<std::string>(); }
  std::string Left() { return Ask("SELECT count(*) FROM activity"); }

  bitrade::testing::Database database{
      rpc::PlanOf({common_schema(), access_delegation_schema(), retention_schema()})};
  bitrade::testing::FakeClock clock{kNow};
  bitrade::testing::FakeIds ids;
  ActivityStore store;
  Upkeep upkeep{store, clock, ids};
};

TEST_CASE("An activity is destroyed when its time is over, and not before",
          "[retention][postgres]") {
  Bench bench;
  bench.Did(kAstrid, kNow);
  bench.Did(kAstrid, kNow + kDay);

  bench.At(kKept - absl::Seconds(1));
  CHECK(bench.Left() == "2");
  bench.At(kKept);

  CHECK(bench.Ask("SELECT string_agg(time::date::text, ' ') FROM activity") == "2026-02-03");
  CHECK(bench.Ask("SELECT count(*) FROM audit WHERE rpc = 'retention/DisposeActivities' "
                  "AND ground = 'SCHEDULE'") == "1");
}

TEST_CASE("Each activity has the period of its own day, and without one it stays",
          "[retention][postgres]") {
  Bench bench;
  bench.database.Run(
      "UPDATE activity_period SET valid_to = '2026-02-02'; "
      "INSERT INTO activity_period VALUES ('2026-02-04', NULL, 10, 'another decision')");
  for (const int day : {0, 1, 2}) bench.Did(kAstrid, kNow + day * kDay);

  bench.At(12 * kDay);
  CHECK(bench.Ask("SELECT max(time)::date::text FROM activity") == "2026-02-03");
  bench.At(2 * kKept);

  CHECK(bench.Ask("SELECT string_agg(time::date::text, ' ') FROM activity") == "2026-02-03");
}

TEST_CASE("What is left by whoever was killed in the middle is destroyed by the next",
          "[retention][postgres]") {
  Bench bench;
  for (int i = 0; i < 3; ++i) bench.Did(kAstrid, kNow);
  bench.clock.Set(kNow + kKept);
  const auto piece = [&](const absl::Status& end) {
    return bench.database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      CHECK(bench.store.DisposeDue(tx, kNow + kKept, 2) == 2);
      return end;
    });
  };

  CHECK_FALSE(piece(absl::UnavailableError("killed before the commit")).ok());
  CHECK(bench.Left() == "3");
  REQUIRE_OK(piece(absl::OkStatus()));
  CHECK(bench.Left() == "1");
  bench.Round();

  CHECK(bench.Left() == "0");
}

TEST_CASE("A legal hold on an appointment keeps its counsel's activities until it is released",
          "[retention][postgres]") {
  Bench bench;
  bench.database.Run(absl::StrCat("INSERT INTO appointment_matter VALUES ('", testing::kAppointment,
                                  "', 'MIGRATION_AGENCY', 'ASYLUM_ADULT', '", kAstrid, "')"));
  bench.Did(kAstrid, kNow);
  bench.Did(kBirgit, kNow);
  bench.Hold(testing::kAppointment);

  bench.At(kKept);
  CHECK(bench.Ask("SELECT string_agg(counsel_id::text, ' ') FROM activity") == kAstrid);
  bench.database.Run(
      "UPDATE legal_hold SET released_time = '2026-03-01Z', released_by = 'bo', "
      "release_prepared_by = "
      "'anna', release_prepared_time = '2026-03-01Z', release_reason = 'sealed'");
  bench.Round();

  CHECK(bench.Left() == "0");
}

TEST_CASE("A legal hold on an appointment that is not known keeps everything",
          "[retention][postgres]") {
  Bench bench;
  bench.Did(kBirgit, kNow);
  bench.Hold(testing::kAppointment);

  bench.At(kKept);

  CHECK(bench.Left() == "1");
}

TEST_CASE("A counsel is reminded once, thirty days before a delegation ends",
          "[retention][postgres]") {
  Bench bench;
  bench.Delegate(kFirst, kNow, kNow + 180 * kDay);

  bench.At(150 * kDay - absl::Seconds(1));
  CHECK(bench.Left() == "0");
  bench.At(150 * kDay);
  bench.At(151 * kDay);

  CHECK(bench.Ask(
            "SELECT string_agg(concat_ws(' ', action, by_whom, delegation_id, counsel_id), ',') "
            "FROM activity") == "DELEGATION_ENDS_SOON SERVICE " + kFirst + " " + kAstrid);
}

TEST_CASE("Nobody is reminded of what has ended, is short, or is renewed already",
          "[retention][postgres]") {
  Bench bench;
  SECTION("ended by the clock") { bench.Delegate(kFirst, kNow - 60 * kDay, kNow); }
  SECTION("revoked") { bench.Delegate(kFirst, kNow - 60 * kDay, kNow + kDay, /*active=*/false); }
  SECTION("short") { bench.Delegate(kFirst, kNow, kNow + 30 * kDay); }
  SECTION("renewed") {
    bench.Delegate(kFirst, kNow - 60 * kDay, kNow + kDay);
    bench.Delegate(kSecond, kNow + kDay, kNow + 180 * kDay);
  }

  bench.Round();

  CHECK(bench.Left() == "0");
}

}  // namespace
}  // namespace bitrade::retention
