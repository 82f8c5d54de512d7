#include "services/billing/domain/calculation.h"

#include "services/billing/domain/testing/rates_file.h"
#include "services/common/base/swedish_time.h"

namespace bitrade::billing {
namespace {

using absl::CivilDay;

// An interval of `minutes` from an hour of Wednesday 4 February 2026.
Interval From(int hour, int64_t minutes) {
  const absl::Time start = absl::FromCivil(absl::CivilHour(2026, 2, 4, hour), SwedishTime());
  return {start, start + absl::Minutes(minutes)};
}

Claim EmptyClaim(CivilDay filing_date) {
  return {.instance = Instance::kFirst, .f_tax = true, .vat = true, .filing_date = filing_date};
}

Calculation Calculated(const Claim& claim) {
  auto result = Calculate(claim, RateTable(RatesFromFile()));
  REQUIRE_OK(result);
  return *std::move(result);
}

bool Warned(const Calculation& result, const std::string& warning) {
  return std::find(result.warnings.begin(), result.warnings.end(), warning) !=
         result.warnings.end();
}

// Columns: name, filing date, rate, work, day, other, outlays, km, exact, net, VAT, total.
void CheckThroughCalculation(const std::vector<std::string>& cells) {
  Claim claim = EmptyClaim(ParseDate(cells[1]).value());
  if (!cells[3].empty())
    claim.work = {{.date = claim.filing_date, .minutes = static_cast<int>(Number(cells[3]))}};
  if (!cells[4].empty()) claim.time_loss.push_back({.interval = From(8, Number(cells[4]))});
  if (!cells[5].empty()) claim.time_loss.push_back({.interval = From(18, Number(cells[5]))});
  if (!cells[6].empty()) claim.outlays = {{.amount = Ore(Number(cells[6]))}};
  if (!cells[7].empty()) claim.mileage = {{.km = static_cast<int>(Number(cells[7]))}};
  const Calculation result = Calculated(claim);
  Exact exact;
  for (const Line& line : result.lines) exact += line.exact;
  // The example with several rows is checked by what it comes to.
  if (result.lines.size() == 1) CHECK(exact.text() == cells[8]);
  CHECK(result.net.value() == Number(cells[9]));
  CHECK(result.vat.value() == Number(cells[10]));
  CHECK(result.total.value() == Number(cells[11]));
}

// Older than our rates: the rate is a column.
void CheckPure(const std::vector<std::string>& cells) {
  const Ore rate(Number(cells[2]));
  const Exact exact = cells[7].empty() ? Exact::OfMinutes(Number(cells[4]), rate)
                                       : Exact::OfOre(Ore(Number(cells[7]) * rate.value()));
  CHECK(exact.text() == cells[8]);
  if (!cells[9].empty()) CHECK(exact.ToKrona().value() == Number(cells[9]));
  if (!cells[10].empty()) {
    const Ore vat = VatOn(exact.ToKrona(), BasisPoints(2'500));
    CHECK(vat.value() == Number(cells[10]));
    CHECK((exact.ToKrona() + vat).value() == Number(cells[11]));
  }
}

TEST_CASE("The worked examples come out as the sources have them", "[billing][domain]") {
  for (const auto& cells : ReadCsv("services/billing/domain/testdata/worked_examples.csv")) {
    REQUIRE(cells.size() == 12);
    INFO(cells[0]);
    if (cells[1].empty()) {
      CheckPure(cells);
    } else {
      CheckThroughCalculation(cells);
    }
  }
}

TEST_CASE("Each summary row is rounded once, and VAT once more", "[billing][domain]") {
  Claim claim = EmptyClaim(CivilDay(2026, 3, 2));
  claim.work = {{.minutes = 530}};
  claim.time_loss = {{.interval = From(8, 90), .travel = true}};
  claim.outlays = {{.amount = Ore(29'600)}};
  const Calculation result = Calculated(claim);
  REQUIRE(result.summary.size() == 4);
  CHECK(result.summary[0].exact.text() == "86178000/60");
  CHECK(result.summary[0].amount == Ore::Kronor(14'363));
  CHECK(result.summary[1].exact.text() == "13383000/60");
  CHECK(result.summary[1].amount == Ore::Kronor(2'231));
  CHECK(result.summary[2].amount == Ore());
  CHECK(result.summary[3].amount == Ore::Kronor(296));
  CHECK(result.total == Ore::Kronor(21'113));
  CHECK(result.lines[0].trace[0].rule == "HOURLY_NORM");
  CHECK(result.lines[0].trace[0].rate_version == "2026-01-01");
  CHECK(result.lines[1].trace[0].legal_source == "DVFS 2025:4");
}

TEST_CASE("Less than 20 minutes of time loss in an instance is not paid, and says so",
          "[billing][domain]") {
  Claim claim = EmptyClaim(CivilDay(2026, 3, 2));
  claim.time_loss = {{.interval = From(8, 10)}, {.interval = From(18, 9)}};
  Calculation result = Calculated(claim);
  CHECK(result.total == Ore());
  CHECK(Warned(result, "BELOW_THRESHOLD"));
  CHECK(result.lines[0].trace[0].rule == "BELOW_THRESHOLD");
  CHECK(result.lines[1].trace[0].minutes == 9);
  CHECK(result.lines[1].trace[0].swedish ==
        "Tidsspillan i instansen är 19 minuter; under 20 minuter ersätts inte");
  claim.time_loss[1] = {.interval = From(18, 10)};
  result = Calculated(claim);
  CHECK(result.summary[1].exact.text() == "1487000/60");
  CHECK(result.summary[2].exact.text() == "975000/60");
  CHECK(result.warnings.empty());
}

TEST_CASE("What does not count has a line of zero with its reason", "[billing][domain]") {
  Claim claim = EmptyClaim(CivilDay(2026, 3, 2));
  claim.time_loss = {{.interval = From(6, 240), .meals = {From(9, 15)}}};
  const Calculation result = Calculated(claim);
  REQUIRE(result.lines.size() == 4);
  CHECK(result.lines[0].trace[0].rule == "OUTSIDE_HOURS");
  CHECK(result.lines[0].exact.ToOre() == Ore());
  CHECK(result.lines[3].trace[0].rule == "MEAL_BREAK");
  CHECK(result.summary[1].exact == Exact::OfMinutes(105, Ore(148'700)));
}

TEST_CASE("One minute is told as one", "[billing][domain]") {
  Claim claim = EmptyClaim(CivilDay(2026, 3, 2));
  claim.work = {{.minutes = 1}};
  const Trace trace = Calculated(claim).lines[0].trace[0];
  CHECK(trace.swedish == "1 minut à 1626,00 kr i timmen");
  CHECK(trace.english == "1 minute at 1626.00 kr an hour");
}

TEST_CASE("F-tax and VAT are two independent facts", "[billing][domain]") {
  Claim claim = EmptyClaim(CivilDay(2026, 3, 2));
  claim.work = {{.minutes = 60}};
  claim.f_tax = false;
  CHECK(Calculated(claim).total == Ore(123'700 + 30'900));
  claim.vat = false;
  CHECK(Calculated(claim).total == Ore(123'700));
}

TEST_CASE("A pass-through carries no VAT", "[billing][domain]") {
  Claim claim = EmptyClaim(CivilDay(2026, 3, 2));
  claim.outlays = {{.amount = Ore(10'000)}, {.amount = Ore(50'000), .taxable = false}};
  const Calculation result = Calculated(claim);
  CHECK(result.net == Ore(60'000));
  CHECK(result.vat == Ore(2'500));
}

TEST_CASE("The trace of outlays tells what bears VAT, down to the öre", "[billing][domain]") {
  Claim claim = EmptyClaim(CivilDay(2026, 3, 2));
  claim.outlays = {{.amount = Ore(10'040)}, {.amount = Ore(5'050), .taxable = false}};
  Calculation result = Calculated(claim);
  CHECK(result.lines[0].trace[0].swedish == "Utlägg på 100,40 kr utan moms");
  CHECK(result.lines[1].trace[0].english == "Genuine pass-through of 50.50 kr: no VAT");
  // 150.90 is claimed, and VAT charged on 100 of the 100.40 that bear it.
  const SummaryRow& row = result.summary[3];
  REQUIRE(row.trace.size() == 3);
  CHECK(row.amount == Ore::Kronor(151));
  CHECK(row.trace[1].english == "Without pass-through 10040 öre are left, rounded to 100 kronor");
  CHECK(row.trace[2].english == "25 % VAT on 100.00 kr");
  CHECK(result.vat == Ore::Kronor(25));
  claim.vat = false;
  result = Calculated(claim);
  CHECK(result.summary[3].trace.size() == 1);
}

TEST_CASE("Mileage in a year without a row needs a stated rate", "[billing][domain]") {
  Claim claim = EmptyClaim(CivilDay(2026, 3, 2));
  claim.mileage = {{.km = 80}};
  CHECK(testing::ReasonOf(Calculate(claim, RateTable(RatesFromFile()))) == "RATE_UNKNOWN");
  claim.mileage[0].stated_rate = Ore(370);
  Calculation result = Calculated(claim);
  CHECK(result.net == Ore(29'600));
  CHECK(result.lines[0].trace[0].rule == "STATED_RATE");
  claim.filing_date = CivilDay(2024, 3, 1);
  claim.mileage[0].stated_rate = Ore(500);
  result = Calculated(claim);
  CHECK(result.net == Ore(29'600));
  CHECK(Warned(result, "STATED_RATE_NOT_USED"));
}

TEST_CASE("The filing date chooses the rates, not the day of work", "[billing][domain]") {
  Claim claim = EmptyClaim(CivilDay(2025, 12, 31));
  claim.work = {{.date = CivilDay(2025, 12, 30), .minutes = 60}};
  CHECK(Calculated(claim).net == Ore::Kronor(1'586));
  claim.filing_date = CivilDay(2026, 1, 1);
  CHECK(Calculated(claim).net == Ore::Kronor(1'626));
}

TEST_CASE("The same minutes claimed twice deserve a look", "[billing][domain]") {
  Claim claim = EmptyClaim(CivilDay(2026, 3, 2));
  claim.time_loss = {{.interval = From(8, 60)}, {.interval = From(8, 30)}};
  CHECK(Warned(Calculated(claim), "OVERLAPPING_TIME_LOSS"));
}

}  // namespace
}  // namespace bitrade::billing
