#include "services/billing/cost_statements/overdue.h"

#include <chrono>
#include <thread>

#include "migrations/access_schema.h"
#include "migrations/billing_schema.h"
#include "migrations/common_schema.h"
#include "services/common/rpc/service_main.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::billing {
namespace {

constexpr char kFiled[] =
    "INSERT INTO cost_statement (id, appointment_id, counsel_id, state, agency_state, version, "
    "content_version, create_time, update_time, input, result, manifest) VALUES "
    "('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000a1', "
    "'00000000-0000-7000-8000-0000000000c1', 'FILED', 'RECEIVED', 2, 2, '2026-03-02T09:00:00Z', "
    "'2026-03-02T09:00:00Z', 'x', 'x', 'x')";

// What a watch counts at `now`, which it does at once.
int64_t OverdueAt(testing::Database& database, absl::Time now) {
  const testing::FakeClock clock(now);
  const crypto::Keyring keyring({{"k1", std::string(32, 'k')}});
  ReceiptStore receipts(keyring);
  const OverdueWatch watch(database.conninfo(), absl::Hours(24), receipts, clock);
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!watch.counted() && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
  REQUIRE(watch.counted());
  return watch.overdue();
}

TEST_CASE("A filing that nobody registers for a day is overdue", "[billing][postgres]") {
  testing::Database database(rpc::PlanOf({common_schema(), access_schema(), billing_schema()}));
  database.Run(kFiled);
  const absl::Time filed =
      absl::FromCivil(absl::CivilSecond(2026, 3, 2, 9, 0, 0), absl::UTCTimeZone());

  CHECK(OverdueAt(database, filed + absl::Hours(24)) == 0);
  CHECK(OverdueAt(database, filed + absl::Hours(24) + absl::Seconds(1)) == 1);
}

}  // namespace
}  // namespace bitrade::billing
