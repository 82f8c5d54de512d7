#include "services/common/base/rfc3339.h"

#include "services/common/testing/catch.h"

namespace bitrade {
namespace {

TEST_CASE("Instants are UTC with microseconds where there are any", "[base]") {
  CHECK(Rfc3339(0, 0).text() == "1970-01-01T00:00:00Z");
  CHECK(Rfc3339(1772442000, 250000000).text() == "2026-03-02T09:00:00.250000Z");
  CHECK(Rfc3339(1772442000, 999).text() == "2026-03-02T09:00:00Z");
  CHECK(Rfc3339(-1, 0).text() == "1969-12-31T23:59:59Z");
  CHECK(Rfc3339(-62135596800, 0).text() == "0001-01-01T00:00:00Z");
  CHECK(Rfc3339(253402300799, 0).text() == "9999-12-31T23:59:59Z");
  CHECK(Rfc3339(1709164800, 0).text() == "2024-02-29T00:00:00Z");
  CHECK(Rfc3339(951782400, 0).text() == "2000-02-29T00:00:00Z");
  CHECK(Rfc3339(4107542399, 0).text() == "2100-02-28T23:59:59Z");
  CHECK(Rfc3339(4107542400, 0).text() == "2100-03-01T00:00:00Z");
}

TEST_CASE("An instant has its microseconds before 1970 as well", "[base]") {
  const absl::Time before = absl::UnixEpoch() - absl::Microseconds(1);
  CHECK(Rfc3339(before, Decimals::kAlways).text() == "1969-12-31T23:59:59.999999Z");
  CHECK(Rfc3339(absl::UnixEpoch(), Decimals::kAlways).text() == "1970-01-01T00:00:00.000000Z");
  CHECK(Rfc3339(absl::UnixEpoch(), Decimals::kWhereNeeded).text() == "1970-01-01T00:00:00Z");
  const absl::Time within = absl::FromUnixNanos(1'772'442'000'250'000'999);
  CHECK(Rfc3339(within, Decimals::kWhereNeeded).text() == "2026-03-02T09:00:00.250000Z");
}

TEST_CASE("Signed texts are the same bytes, whichever hand wrote the instant", "[base]") {
  // A step that is no multiple of a day, an hour or a microsecond.
  const absl::Duration step = absl::Hours(24 * 71) + absl::Nanoseconds(3'607'000'123'457);
  const absl::Time last = absl::FromUnixSeconds(kLastRfc3339Second);
  for (absl::Time at = absl::FromUnixSeconds(kFirstRfc3339Second); at < last; at += step) {
    REQUIRE(Rfc3339(at, Decimals::kAlways).text() ==
            absl::FormatTime("%E4Y-%m-%dT%H:%M:%E6SZ", at, absl::UTCTimeZone()));
  }
}

}  // namespace
}  // namespace bitrade
