// What holds of every claim, seen on claims that nobody thought of: time counted minute by minute,
// and sums, rounding and VAT found again from lines and traces. The seed is fixed.
#include <algorithm>
#include <random>

#include "services/billing/domain/calculation.h"
#include "services/billing/domain/testing/rates_file.h"
#include "services/billing/domain/time_bands.h"
#include "services/common/base/swedish_calendar.h"
#include "services/common/base/swedish_time.h"

namespace bitrade::billing {
namespace {

using absl::CivilDay;

constexpr int kClaims = 300;

class Draw {
 public:
  int64_t Between(int64_t least, int64_t most) {
    return std::uniform_int_distribution<int64_t>(least, most)(engine_);
  }
  bool OneIn(int n) { return Between(1, n) == 1; }

  // An interval within `outer`.
  Interval Within(const Interval& outer) {
    const int64_t length = absl::ToInt64Minutes(outer.end - outer.start);
    const int64_t start = Between(0, length - 1);
    const int64_t end = Between(start + 1, length);
    return {outer.start + absl::Minutes(start), outer.start + absl::Minutes(end)};
  }

  // Up to two days around a holiday, a change of clocks or the turn of a year.
  TimeLoss Loss() {
    static constexpr CivilDay kDays[] = {CivilDay(2022, 3, 26), CivilDay(2022, 12, 30),
                                         CivilDay(2023, 6, 22), CivilDay(2024, 10, 26),
                                         CivilDay(2025, 4, 16), CivilDay(2026, 5, 13)};
    const CivilDay day = kDays[Between(0, 5)];
    const absl::Time noon = absl::FromCivil(absl::CivilHour(day) + 12, SwedishTime());
    TimeLoss loss{.interval = Within({noon, noon + absl::Hours(48)}),
                  .travel = OneIn(2),
                  .overnight = OneIn(2),
                  .meals = {}};
    for (int64_t meals = Between(0, 2); meals > 0; --meals) {
      loss.meals.push_back(Within(loss.interval));
    }
    return loss;
  }

  Claim Any() {
    Claim claim{.instance = Instance::kFirst,
                .f_tax = OneIn(2),
                .vat = !OneIn(4),
                .filing_date = CivilDay(static_cast<int>(Between(2022, 2024)), 12, 31)};
    for (int64_t n = Between(0, 3); n > 0; --n) {
      claim.work.push_back({.minutes = static_cast<int>(Between(1, 1'440)), .text = ""});
    }
    for (int64_t n = Between(0, 2); n > 0; --n) claim.time_loss.push_back(Loss());
    for (int64_t n = Between(0, 3); n > 0; --n) {
      claim.outlays.push_back(
          {.text = "", .amount = Ore(Between(1, 99'999)), .taxable = !OneIn(3)});
    }
    if (OneIn(2)) {
      claim.mileage = {{.km = static_cast<int>(Between(1, 400)), .stated_rate = {}}};
    }
    return claim;
  }

 private:
  std::mt19937 engine_{1996'1619};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same in each run
};

Calculation Calculated(const Claim& claim) {
  auto result = Calculate(claim, RateTable(RatesFromFile()));
  REQUIRE_OK(result);
  return *std::move(result);
}

// Minutes that count by day and at other times, as one looks at a clock each minute.
std::pair<int, int> Watched(const TimeLoss& loss) {
  std::pair<int, int> counted;
  for (absl::Time now = loss.interval.start; now < loss.interval.end; now += absl::Minutes(1)) {
    const absl::CivilMinute clock = absl::ToCivilMinute(now, SwedishTime());
    const bool meal = std::any_of(loss.meals.begin(), loss.meals.end(), [&](const Interval& one) {
      return one.start <= now && now < one.end;
    });
    const bool evening_off = clock.hour() >= 18 && loss.overnight && !loss.travel;
    if (clock.hour() < 7 || clock.hour() >= 22 || meal || evening_off) continue;
    const bool day = clock.hour() >= 8 && clock.hour() < 18 && IsWorkingDay(CivilDay(clock));
    ++(day ? counted.first : counted.second);
  }
  return counted;
}

std::pair<int, int> Counted(const TimeLoss& loss) {
  std::pair<int, int> counted;
  for (const BandPart& part : SplitOnBands(loss)) {
    if (part.counting != Counting::kCounts) continue;
    (part.band == Band::kDay ? counted.first : counted.second) += part.minutes;
  }
  return counted;
}

TEST_CASE("Time loss counts as if somebody had looked at a clock each minute",
          "[billing][domain]") {
  Draw draw;
  for (int i = 0; i < kClaims; ++i) {
    const TimeLoss loss = draw.Loss();
    INFO(loss.interval.start << " to " << loss.interval.end);
    CHECK(Counted(loss) == Watched(loss));
  }
}

TEST_CASE("Every part of a time loss has one line, and together they are as long as it",
          "[billing][domain]") {
  Draw draw;
  for (int i = 0; i < kClaims; ++i) {
    const TimeLoss loss = draw.Loss();
    int minutes = 0;
    for (const BandPart& part : SplitOnBands(loss)) minutes += part.minutes;
    CHECK(minutes == absl::ToInt64Minutes(loss.interval.end - loss.interval.start));
  }
}

TEST_CASE("Rows are sums of lines, rounded to the nearest krona, and totals sums of rows",
          "[billing][domain]") {
  Draw draw;
  for (int i = 0; i < kClaims; ++i) {
    const Calculation result = Calculated(draw.Any());
    Exact lines, rows;
    Ore net;
    for (const Line& line : result.lines) lines += line.exact;
    for (const SummaryRow& row : result.summary) {
      rows += row.exact;
      net += row.amount;
      CHECK(row.amount.value() % 100 == 0);
      // Half up: at most 50 öre above what is exact, and less than that below it.
      const int64_t above = row.amount.value() - row.exact.ToOre().value();
      CHECK((above >= -50 && above <= 50));
    }
    CHECK(rows == lines);
    CHECK(result.net == net);
    CHECK(result.total == result.net + result.vat);
  }
}

TEST_CASE("The order of what is claimed changes no amount", "[billing][domain]") {
  Draw draw;
  for (int i = 0; i < kClaims; ++i) {
    Claim claim = draw.Any();
    const Calculation before = Calculated(claim);
    std::reverse(claim.work.begin(), claim.work.end());
    std::reverse(claim.time_loss.begin(), claim.time_loss.end());
    std::reverse(claim.outlays.begin(), claim.outlays.end());
    const Calculation after = Calculated(claim);
    CHECK(after.net == before.net);
    CHECK(after.vat == before.vat);
  }
}

TEST_CASE("Who claims a minute or an öre more never gets less", "[billing][domain]") {
  Draw draw;
  for (int i = 0; i < kClaims; ++i) {
    Claim claim = draw.Any();
    const Ore before = Calculated(claim).total;
    if (!claim.work.empty()) ++claim.work.front().minutes;
    if (!claim.time_loss.empty()) claim.time_loss.front().interval.end += absl::Minutes(1);
    if (!claim.outlays.empty()) claim.outlays.front().amount += Ore(1);
    CHECK(Calculated(claim).total >= before);
  }
}

}  // namespace
}  // namespace bitrade::billing
