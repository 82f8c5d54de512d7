// What the tests of retention share: appointments' news, and a schedule to take them in.
#pragma once

#include <string>

#include "absl/strings/str_cat.h"
#include "bitrade/events/v1/event_service.pb.h"
#include "migrations/common_schema.h"
#include "migrations/retention_schema.h"
#include "services/common/rpc/service_main.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"
#include "services/retention/schedule/schedule.h"

namespace bitrade::retention::testing {

// Noon of a winter day in Stockholm.
inline const absl::Time kNow =
    absl::FromCivil(absl::CivilHour(2026, 2, 2, 11), absl::UTCTimeZone());
inline const std::string kAppointment = "00000000-0000-7000-8000-00000000000a";

// Appointments tells that `appointment` is seen until `end`.
inline events::v1::Event News(int64_t version, absl::Time end,
                              const std::string& appointment = kAppointment) {
  events::v1::Event event;
  event.set_aggregate("appointment");
  event.set_aggregate_id(appointment);
  event.set_version(version);
  (*event.mutable_data())["counsel_id"] = "00000000-0000-7000-8000-00000000000b";
  (*event.mutable_data())["digital"] = "true";
  (*event.mutable_data())["authority"] = "MIGRATION_AGENCY";
  (*event.mutable_data())["category"] = "ASYLUM_ADULT";
  (*event.mutable_data())["visible_until_us"] = absl::StrCat(absl::ToUnixMicros(end));
  return event;
}

// A migrated database, a clock and a schedule in it.
struct Scene {
  bitrade::testing::Database database{rpc::PlanOf({common_schema(), retention_schema()})};
  bitrade::testing::FakeClock clock{kNow};
  bitrade::testing::FakeIds ids;
  ScheduleStore store;
  Schedule schedule{store, clock, ids};

  void Hear(const events::v1::Event& event) {
    REQUIRE_OK(database.connection().Transact(
        [&](postgres::Transaction& tx) { return schedule.Apply(tx, event); }));
  }

  // Returns how many disposals no grace period holds for.
  int Plan() {
    const absl::StatusOr<int> unknown = database.connection().Transact(
        [&](postgres::Transaction& tx) { return schedule.Plan(tx); });
    REQUIRE_OK(unknown);
    return *unknown;
  }

  // The first column of the first row.
  std::string Ask(const std::string& sql) {
    const pqxx::result rows = database.Run(sql);
    return rows.empty() ? "no row" : rows[0][0].is_null() ? "NULL" : rows[0][0].as<std::string>();
  }
};

}  // namespace bitrade::retention::testing
