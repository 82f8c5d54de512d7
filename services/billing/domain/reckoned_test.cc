// Claims that were reckoned by hand from the tables of law and not by this code: each line says
// how.
#include "services/billing/domain/calculation.h"
#include "services/billing/domain/testing/rates_file.h"
#include "services/common/base/swedish_time.h"

namespace bitrade::billing {
namespace {

using absl::CivilDay;
using absl::CivilMinute;

// From one minute by Swedish clocks to another.
Interval Between(CivilMinute start, CivilMinute end) {
  return {absl::FromCivil(start, SwedishTime()), absl::FromCivil(end, SwedishTime())};
}

// Net, VAT and total in kronor, the summary rows before them.
std::vector<int64_t> Reckoned(const Claim& claim) {
  const auto result = Calculate(claim, RateTable(RatesFromFile()));
  REQUIRE_OK(result);
  std::vector<int64_t> kronor;
  for (const SummaryRow& row : result->summary) kronor.push_back(row.amount.value() / 100);
  for (const Ore amount : {result->net, result->vat, result->total}) {
    CHECK(amount.value() % 100 == 0);
    kronor.push_back(amount.value() / 100);
  }
  return kronor;
}

TEST_CASE("2018: a journey that begins before eight", "[billing][domain]") {
  Claim claim{.instance = Instance::kFirst,
              .f_tax = true,
              .vat = true,
              .filing_date = CivilDay(2018, 6, 11)};
  // 95 min × 1 359 / 60 = 2 151.75
  claim.work = {{.date = CivilDay(2018, 5, 21), .minutes = 95, .text = "Genomgång"}};
  // A Tuesday: 45 min × 815 / 60 = 611.25 and 40 min × 1 245 / 60 = 830
  claim.time_loss = {
      {.interval = Between(CivilMinute(2018, 5, 22, 7, 15), CivilMinute(2018, 5, 22, 8, 40)),
       .travel = true,
       .meals = {}}};
  claim.outlays = {{.date = CivilDay(2018, 5, 22), .text = "Tåg", .amount = Ore(12'345)}};
  // 3 716 × 25 % = 929
  CHECK(Reckoned(claim) == std::vector<int64_t>{2'152, 830, 611, 123, 3'716, 929, 4'645});
}

TEST_CASE("2019: without F-tax, on the national day", "[billing][domain]") {
  Claim claim{.instance = Instance::kFirst,
              .f_tax = false,
              .vat = true,
              .filing_date = CivilDay(2019, 12, 31)};
  // 125 min × 1 050 / 60 = 2 187.50, half up
  claim.work = {{.date = CivilDay(2019, 6, 5), .minutes = 125, .text = "Inlaga"}};
  // A Thursday, 6 June: 90 min × 628 / 60 = 942
  claim.time_loss = {
      {.interval = Between(CivilMinute(2019, 6, 6, 10, 0), CivilMinute(2019, 6, 6, 11, 30)),
       .meals = {}}};
  // 3 130 × 25 % = 782.50, half up
  CHECK(Reckoned(claim) == std::vector<int64_t>{2'188, 0, 942, 0, 3'130, 783, 3'913});
}

TEST_CASE("2020: neither F-tax nor VAT, an overnight stay, and twenty minutes in all",
          "[billing][domain]") {
  Claim claim{.instance = Instance::kMigrationCourt,
              .f_tax = false,
              .vat = false,
              .filing_date = CivilDay(2020, 3, 2)};
  // 7 min × 1 068 / 60 = 124.60
  claim.work = {{.date = CivilDay(2020, 2, 5), .minutes = 7, .text = "Samtal"}};
  // Ten minutes before six, none after it, ten the day after: 20 min × 977 / 60 = 325.67; 977 is 1
  // 285 × 1 068 / 1 404
  claim.time_loss = {
      {.interval = Between(CivilMinute(2020, 2, 5, 17, 50), CivilMinute(2020, 2, 5, 18, 20)),
       .overnight = true,
       .meals = {}},
      {.interval = Between(CivilMinute(2020, 2, 6, 12, 0), CivilMinute(2020, 2, 6, 12, 10)),
       .meals = {}}};
  CHECK(Reckoned(claim) == std::vector<int64_t>{125, 326, 0, 0, 451, 0, 451});
}

TEST_CASE("2022: the night in which clocks go forward, and Midsummer Eve", "[billing][domain]") {
  Claim claim{.instance = Instance::kFirst,
              .f_tax = true,
              .vat = true,
              .filing_date = CivilDay(2022, 7, 1)};
  // 30 min × 1 442 / 60 = 721
  claim.work = {{.date = CivilDay(2022, 3, 25), .minutes = 30, .text = "Samtal"}};
  // Saturday 21:30–22 and Sunday 07–08:10, Friday 09–09:45: 145 min × 865 / 60 = 2 090.42
  claim.time_loss = {
      {.interval = Between(CivilMinute(2022, 3, 26, 21, 30), CivilMinute(2022, 3, 27, 8, 10)),
       .travel = true,
       .meals = {}},
      {.interval = Between(CivilMinute(2022, 6, 24, 9, 0), CivilMinute(2022, 6, 24, 9, 45)),
       .meals = {}}};
  // 100 km × 3.05
  claim.mileage = {{.date = CivilDay(2022, 3, 26), .km = 100, .stated_rate = {}}};
  // 3 116 × 25 % = 779
  CHECK(Reckoned(claim) == std::vector<int64_t>{721, 0, 2'090, 305, 3'116, 779, 3'895});
}

TEST_CASE("2024: own car, and an invoice that is only passed on", "[billing][domain]") {
  Claim claim{.instance = Instance::kFirst,
              .f_tax = true,
              .vat = true,
              .filing_date = CivilDay(2024, 12, 30)};
  // 61 min × 1 531 / 60 = 1 556.52
  claim.work = {{.date = CivilDay(2024, 11, 4), .minutes = 61, .text = "Genomgång"}};
  // 137 km × 3.70 = 506.90; with 49.50 and 1 000.40: 1 556.80
  claim.mileage = {{.date = CivilDay(2024, 11, 5), .km = 137, .stated_rate = {}}};
  claim.outlays = {{.date = CivilDay(2024, 11, 5), .text = "Parkering", .amount = Ore(4'950)},
                   {.date = CivilDay(2024, 11, 6),
                    .text = "Översättning",
                    .amount = Ore(100'040),
                    .taxable = false}};
  // 1 557 and 556 of 556.40 bear VAT: 528.25
  CHECK(Reckoned(claim) == std::vector<int64_t>{1'557, 0, 0, 1'557, 3'114, 528, 3'642});
}

}  // namespace
}  // namespace bitrade::billing
