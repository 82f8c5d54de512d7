#include "services/common/base/dates.h"

#include "services/common/base/civil_months.h"
#include "services/common/base/swedish_time.h"
#include "services/common/testing/catch.h"

namespace bitrade {
namespace {

using absl::CivilDay;

TEST_CASE("Only ISO 8601 days that exist are days", "[base][unit]") {
  CHECK(ParseDate("2024-02-29") == CivilDay(2024, 2, 29));
  CHECK(ParseDate("0001-01-01") == CivilDay(1, 1, 1));
  for (const char* bad :
       {"", "2023-02-29", "2024-2-29", "2024-02-29 ", "20240229", "2024-13-01",
        "2024-02-29T00:00:00Z", "+12024-2-9", "12024-2-29", "-024-02-29", "0000-02-29"}) {
    CHECK_FALSE(ParseDate(bad).has_value());
  }
}

TEST_CASE("Days are written with all their zeros", "[base][unit]") {
  CHECK(FormatDate(CivilDay(2026, 1, 2)) == "2026-01-02");
  CHECK(FormatDate(CivilDay(987, 12, 31)) == "0987-12-31");
}

TEST_CASE("A day that the target month lacks is its last day", "[base][unit]") {
  CHECK(AddMonths(CivilDay(2025, 11, 30), 3) == CivilDay(2026, 2, 28));
  CHECK(AddMonths(CivilDay(2023, 11, 30), 3) == CivilDay(2024, 2, 29));
  CHECK(AddMonths(CivilDay(2026, 1, 31), 3) == CivilDay(2026, 4, 30));
  CHECK(AddMonths(CivilDay(2025, 10, 15), 3) == CivilDay(2026, 1, 15));
}

TEST_CASE("A Swedish day ends at 22 or 23 UTC", "[base][unit]") {
  CHECK(EndOfSwedishDay(CivilDay(2026, 1, 15)) ==
        absl::FromCivil(absl::CivilHour(2026, 1, 15, 23), absl::UTCTimeZone()));
  CHECK(EndOfSwedishDay(CivilDay(2026, 7, 15)) ==
        absl::FromCivil(absl::CivilHour(2026, 7, 15, 22), absl::UTCTimeZone()));
  CHECK(SwedishDay(absl::FromCivil(absl::CivilHour(2026, 7, 15, 22), absl::UTCTimeZone())) ==
        CivilDay(2026, 7, 16));
}

TEST_CASE("The days on which clocks change have 23 and 25 hours", "[base][unit]") {
  CHECK(EndOfSwedishDay(CivilDay(2026, 3, 29)) - EndOfSwedishDay(CivilDay(2026, 3, 28)) ==
        absl::Hours(23));
  CHECK(EndOfSwedishDay(CivilDay(2026, 10, 25)) - EndOfSwedishDay(CivilDay(2026, 10, 24)) ==
        absl::Hours(25));
}

}  // namespace
}  // namespace bitrade
