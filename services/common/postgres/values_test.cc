#include "services/common/postgres/values.h"

#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::postgres {
namespace {

// What comes back of an instant that went in as a parameter.
absl::Time Returned(testing::Database& database, absl::Time time) {
  return ReadTime(database.Run("SELECT '" + TimeParam(time) + "'::timestamptz")[0][0]);
}

TEST_CASE("Instants come back to the microsecond, before and after 1970", "[postgres]") {
  testing::Database database({});
  for (const int64_t micros : {int64_t{0}, int64_t{1'772'442'000'500'000},
                               int64_t{1'772'442'000'000'001}, int64_t{1'772'441'999'999'999},
                               int64_t{-2'500'000'123'456}, int64_t{253'402'300'799'999'999}}) {
    CHECK(Returned(database, absl::FromUnixMicros(micros)) == absl::FromUnixMicros(micros));
  }
}

TEST_CASE("The infinite future and past come back as such", "[postgres]") {
  testing::Database database({});
  CHECK(Returned(database, absl::InfiniteFuture()) == absl::InfiniteFuture());
  CHECK(Returned(database, absl::InfinitePast()) == absl::InfinitePast());
}

TEST_CASE("What is no instant of a session in UTC is not read as one", "[postgres]") {
  testing::Database database({});
  for (const char* text : {"'soon'", "'2026-03-02 10:00:00+01'", "'2026-03-02'", "''",
                           "'2026-03-02 10:00:0x+00'", "'10000-01-01 00:00:00+00'"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(ReadTime(database.Run(std::string("SELECT ") + text)[0][0]),
                    std::runtime_error);
  }
}

TEST_CASE("Bytes come back as they went in, every one of them", "[postgres]") {
  testing::Database database({});
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  constexpr Statement kSame{"test_same", "SELECT $1::bytea"};

  REQUIRE_OK(database.connection().Read([&](Transaction& tx) {
    CHECK((ReadBytes(tx.Exec(kSame, Bytea(all))[0][0]) == all));
    CHECK(ReadBytes(tx.Exec(kSame, Bytea(""))[0][0]).empty());
    return absl::OkStatus();
  }));
  CHECK_THROWS_AS(ReadBytes(database.Run("SELECT 'text'")[0][0]), std::runtime_error);
  CHECK_THROWS_AS(ReadBytes(database.Run("SELECT '\\x0g'::text")[0][0]), std::runtime_error);
}

TEST_CASE("Days come back as they went in", "[postgres]") {
  testing::Database database({});
  for (const absl::CivilDay day : {absl::CivilDay(2028, 2, 29), absl::CivilDay(1890, 12, 1)}) {
    CHECK(ReadDate(database.Run("SELECT '" + DateParam(day) + "'::date")[0][0]) == day);
  }
  CHECK_THROWS_AS(ReadDate(database.Run("SELECT 'someday'")[0][0]), std::runtime_error);
}

}  // namespace
}  // namespace bitrade::postgres
