#include "services/billing/domain/claimed_time.h"

#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"

namespace bitrade::billing {
namespace {

absl::Time At(const std::string& text) {
  absl::Time time;
  std::string error;
  REQUIRE(absl::ParseTime(absl::RFC3339_full, text, &time, &error));
  return time;
}

CostStatementId Statement(int number) {
  return CostStatementId::Trusted(absl::StrCat("00000000-0000-7000-8000-00000000000", number));
}

SharedDay Shared(int other, int minutes, int other_minutes, int common) {
  return {.statement = Statement(1),
          .day = absl::CivilDay(2026, 2, 4),
          .minutes = minutes,
          .other = Statement(other),
          .other_minutes = other_minutes,
          .common_loss_minutes = common};
}

TEST_CASE("A claim takes of each Swedish day its work and what counts of its time loss",
          "[billing][domain]") {
  Claim claim;
  claim.work = {{.date = absl::CivilDay(2026, 2, 4), .minutes = 60, .text = "a"},
                {.date = absl::CivilDay(2026, 2, 4), .minutes = 30, .text = "b"}};
  // From 21 on 4 February to 8 on the 5th, Swedish time: 21–22 and 07–08 count.
  claim.time_loss = {{.interval = {At("2026-02-04T20:00:00Z"), At("2026-02-05T07:00:00Z")},
                      .travel = true,
                      .meals = {}}};

  const std::vector<ClaimedDay> days = ClaimedDays(claim);

  REQUIRE(days.size() == 2);
  CHECK(days[0].day == absl::CivilDay(2026, 2, 4));
  CHECK(days[0].minutes == 150);
  REQUIRE(days[0].losses.size() == 1);
  CHECK(days[0].losses[0].end == At("2026-02-04T21:00:00Z"));
  CHECK(days[1].day == absl::CivilDay(2026, 2, 5));
  CHECK(days[1].minutes == 60);
}

TEST_CASE("A day has 23, 24 or 25 hours", "[billing][domain]") {
  CHECK_FALSE(ExceedsDay(absl::CivilDay(2026, 2, 4), 1440));
  CHECK(ExceedsDay(absl::CivilDay(2026, 2, 4), 1441));
  CHECK(ExceedsDay(absl::CivilDay(2026, 3, 29), 1381));
  CHECK_FALSE(ExceedsDay(absl::CivilDay(2026, 10, 25), 1500));
  CHECK(ExceedsDay(absl::CivilDay(2026, 10, 25), 1501));
}

TEST_CASE("The same time loss in two matters is an overlap of its minutes", "[billing][domain]") {
  const auto found = FindOverlaps({Shared(2, 90, 60, 45), Shared(3, 90, 60, 0)});

  const std::vector<Overlap>& overlaps = found.at(Statement(1));
  REQUIRE(overlaps.size() == 1);
  CHECK(overlaps[0].kind == OverlapKind::kTimeLoss);
  CHECK(overlaps[0].minutes == 45);
  CHECK(overlaps[0].with == std::vector{Statement(2)});
}

TEST_CASE("More minutes of a day than it has are an overlap with all who claim of it",
          "[billing][domain]") {
  CHECK(FindOverlaps({Shared(2, 500, 500, 0), Shared(3, 500, 440, 0)}).at(Statement(1)).empty());

  const auto found = FindOverlaps({Shared(2, 500, 500, 0), Shared(3, 500, 500, 0)});

  const std::vector<Overlap>& overlaps = found.at(Statement(1));
  REQUIRE(overlaps.size() == 1);
  CHECK(overlaps[0].kind == OverlapKind::kDay);
  CHECK(overlaps[0].minutes == 60);
  CHECK(overlaps[0].with == std::vector{Statement(2), Statement(3)});
}

}  // namespace
}  // namespace bitrade::billing
