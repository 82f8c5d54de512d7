#include "services/billing/domain/rates.h"

#include "services/billing/domain/testing/rates_file.h"

namespace bitrade::billing {
namespace {

using absl::CivilDay;
using testing::ReasonOf;

TEST_CASE("Each year has its own norm, with F-tax and without", "[billing][domain]") {
  const RateTable table(RatesFromFile());
  const auto of = [&](bool f_tax, CivilDay day) {
    return table.Find(RateKind::kHourlyNorm, f_tax, day).value()->amount;
  };
  CHECK(of(true, CivilDay(2025, 12, 31)) == 158600);
  CHECK(of(true, CivilDay(2026, 1, 1)) == 162600);
  CHECK(of(false, CivilDay(2024, 6, 6)) == 116500);
}

TEST_CASE("A gap and a day before the first row are errors with a name", "[billing][domain]") {
  const RateTable table(RatesFromFile());
  CHECK(ReasonOf(table.Find(RateKind::kTimeLossDay, true, CivilDay(2021, 3, 1))) == "RATE_UNKNOWN");
  CHECK(ReasonOf(table.Find(RateKind::kHourlyNorm, true, CivilDay(2017, 12, 31))) ==
        "RATE_UNKNOWN");
  CHECK(ReasonOf(table.Find(RateKind::kMileageOwnCar, true, CivilDay(2025, 1, 1))) ==
        "RATE_UNKNOWN");
  CHECK(ReasonOf(table.Find(RateKind::kHourlyNorm, true, CivilDay(2199, 1, 1))) == "RATE_UNKNOWN");
}

TEST_CASE("A day never has two rows of one kind", "[billing][domain]") {
  const std::vector<Rate> rates = RatesFromFile();
  for (size_t i = 0; i < rates.size(); ++i) {
    for (size_t j = i + 1; j < rates.size(); ++j) {
      const bool same = rates[i].kind == rates[j].kind && rates[i].f_tax == rates[j].f_tax;
      CHECK_FALSE((same && (rates[i].HoldsOn(rates[j].valid_from) ||
                            rates[j].HoldsOn(rates[i].valid_from))));
    }
  }
}

TEST_CASE("Rates are listed for a day or for all days", "[billing][domain]") {
  const RateTable table(RatesFromFile());
  CHECK(table.List(std::nullopt).size() == RatesFromFile().size());
  const auto listed = table.List(CivilDay(2024, 7, 1));
  REQUIRE(listed.size() == 8);
  CHECK(listed[0].kind == RateKind::kHourlyNorm);
  CHECK(listed[0].f_tax == true);
  CHECK(listed[7].kind == RateKind::kVat);
}

}  // namespace
}  // namespace bitrade::billing
