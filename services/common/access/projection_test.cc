#include "services/common/access/projection.h"

#include "absl/strings/str_cat.h"
#include "bitrade/events/v1/event_service.pb.h"
#include "migrations/access_schema.h"
#include "migrations/common_schema.h"
#include "services/common/rpc/service_main.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::access {
namespace {

postgres::MigrationPlan Plan() { return rpc::PlanOf({common_schema(), access_schema()}); }

events::v1::Event EventOf(int64_t version, absl::Time visible_until) {
  events::v1::Event event;
  event.set_aggregate("appointment");
  event.set_aggregate_id("00000000-0000-7000-8000-000000000001");
  event.set_version(version);
  (*event.mutable_data())["counsel_id"] = "00000000-0000-7000-8000-000000000002";
  (*event.mutable_data())["matter_id"] = "00000000-0000-7000-8000-000000000003";
  (*event.mutable_data())["digital"] = "true";
  (*event.mutable_data())["visible_until_us"] = absl::StrCat(absl::ToUnixMicros(visible_until));
  (*event.mutable_data())["released_us"] = "0";
  return event;
}

TEST_CASE("Only newer versions are applied", "[access][postgres]") {
  testing::Database database(Plan());
  const auto apply = [&database](int64_t version, int64_t second) {
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) {
      return Apply(tx, EventOf(version, absl::FromUnixSeconds(second)));
    }));
  };
  const auto stored = [&database] {
    return database
        .Run("SELECT extract(epoch FROM visible_until)::bigint FROM access_appointment")[0][0]
        .as<int64_t>();
  };
  apply(2, 200);
  apply(1, 100);
  CHECK(stored() == 200);
  apply(2, 300);
  CHECK(stored() == 200);
  apply(3, 300);
  CHECK(stored() == 300);
}

TEST_CASE("A version that was stored before authorities were told learns its own",
          "[access][postgres]") {
  testing::Database database(Plan());
  events::v1::Event event = EventOf(2, absl::UnixEpoch());
  const auto authority = [&] {
    REQUIRE_OK(database.connection().Transact(
        [&](postgres::Transaction& tx) { return Apply(tx, event); }));
    return database.Run("SELECT authority FROM access_appointment")[0][0].as<std::string>();
  };
  CHECK(authority().empty());
  (*event.mutable_data())["authority"] = "MIGRATION_AGENCY";
  (*event.mutable_data())["category"] = "ASYLUM_ADULT";
  CHECK(authority() == "MIGRATION_AGENCY");
  CHECK(FactsOf(event)->category == "ASYLUM_ADULT");
}

TEST_CASE("A delegate who is a party has a stake in the matter by which nothing is seen",
          "[access][postgres]") {
  testing::Database database(Plan());
  events::v1::Event party;
  party.set_aggregate("party");
  party.set_aggregate_id("00000000-0000-7000-8000-000000000004");
  party.set_version(1);
  (*party.mutable_data())["person_id"] = "00000000-0000-7000-8000-000000000005";
  (*party.mutable_data())["matter_id"] = "00000000-0000-7000-8000-000000000003";

  REQUIRE_OK(
      database.connection().Transact([&](postgres::Transaction& tx) { return Apply(tx, party); }));

  const auto rows = database.Run(
      "SELECT counsel_id, matter_id, digital, visible_until = '-infinity' AND "
      "filings_visible_until = '-infinity' FROM access_appointment");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0][0].as<std::string>() == "00000000-0000-7000-8000-000000000005");
  CHECK(rows[0][1].as<std::string>() == "00000000-0000-7000-8000-000000000003");
  CHECK_FALSE(rows[0][2].as<bool>());
  CHECK(rows[0][3].as<bool>());
}

TEST_CASE("What a counsel has filed is seen for ever until its end is known", "[access][domain]") {
  events::v1::Event event = EventOf(1, absl::UnixEpoch());
  CHECK(FactsOf(event)->filings_visible_until == absl::InfiniteFuture());

  (*event.mutable_data())["filings_visible_until_us"] = "300000000";

  CHECK(FactsOf(event)->filings_visible_until == absl::FromUnixSeconds(300));
}

TEST_CASE("Facts are loaded as they were stored, the far future too", "[access][postgres]") {
  testing::Database database(Plan());
  events::v1::Event event = EventOf(1, absl::UnixEpoch());
  (*event.mutable_data())["visible_until_us"] = absl::StrCat(INT64_MAX);
  (*event.mutable_data())["released_us"] = "1000000";

  std::optional<AppointmentFacts> loaded;
  REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) {
    const absl::Status applied = Apply(tx, event);
    loaded = Load(tx, event.aggregate_id());
    return applied;
  }));

  REQUIRE(loaded.has_value());
  CHECK(loaded->visible_until == absl::InfiniteFuture());
  CHECK(loaded->released == absl::FromUnixSeconds(1));
  CHECK(loaded->digital);
  CHECK(loaded->matter_id == "00000000-0000-7000-8000-000000000003");
}

TEST_CASE("Events of other things say nothing", "[access][postgres]") {
  events::v1::Event event = EventOf(1, absl::UnixEpoch());
  event.set_aggregate("counsel");
  CHECK_FALSE(FactsOf(event).has_value());
}

}  // namespace
}  // namespace bitrade::access
