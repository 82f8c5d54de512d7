// Rates and calculations, over the wire, for a caller without a session.
#include "services/billing/domain/testing/rates_file.h"
#include "services/billing/testing/house.h"
#include "services/common/base/swedish_time.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::billing {
namespace {

using bitrade::testing::ReasonOf;
using testing::ExampleClaim;
using testing::House;

void AddLoss(int hour, const std::string& minutes, v1::CalculationInput& input) {
  if (minutes.empty()) return;
  const absl::Time start = absl::FromCivil(absl::CivilHour(2026, 2, 4, hour), SwedishTime());
  v1::TimeLoss& loss = *input.add_time_loss();
  rpc::SetTime(start, *loss.mutable_start_time());
  rpc::SetTime(start + absl::Minutes(Number(minutes)), *loss.mutable_end_time());
}

// Columns: name, filing date, rate, work, day, other, outlays, km, exact, net, VAT, total.
v1::CalculationInput InputOf(const std::vector<std::string>& cells) {
  v1::CalculationInput input;
  input.set_instance("FIRST");
  input.set_filing_date(cells[1]);
  input.set_f_tax(true);
  input.set_vat(true);
  // A day has 1 440 minutes; longer work is that of more days.
  for (int64_t left = Number(cells[3]); left > 0; left -= 1'440) {
    v1::Work& work = *input.add_work();
    work.set_date(cells[1]);
    work.set_minutes(static_cast<int32_t>(std::min<int64_t>(left, 1'440)));
  }
  AddLoss(8, cells[4], input);
  AddLoss(18, cells[5], input);
  if (!cells[6].empty()) {
    v1::Disbursement& outlay = *input.add_disbursements();
    outlay.set_date(cells[1]);
    outlay.set_type("TRAVEL");
    outlay.set_amount_ore(Number(cells[6]));
  }
  if (!cells[7].empty()) {
    v1::Mileage& mileage = *input.add_mileage();
    mileage.set_date(cells[1]);
    mileage.set_km(static_cast<int32_t>(Number(cells[7])));
  }
  return input;
}

TEST_CASE("The worked examples of our years come out through the service", "[billing][golden]") {
  House house;
  house.LogIn("");
  int examples = 0;
  for (const auto& cells : ReadCsv("services/billing/domain/testdata/worked_examples.csv")) {
    if (cells[1].empty()) continue;
    ++examples;
    INFO(cells[0]);
    const auto result = house.Calculate(InputOf(cells));
    REQUIRE_OK(result);
    CHECK(result->net_ore() == Number(cells[9]));
    CHECK(result->vat_ore() == Number(cells[10]));
    CHECK(result->total_ore() == Number(cells[11]));
    CHECK(result->rate_basis_date() == cells[1]);
  }
  CHECK(examples >= 4);
}

TEST_CASE("A year without a rate is refused by name", "[billing][rpc]") {
  House house;
  house.LogIn("");
  v1::CalculationInput input = ExampleClaim();
  for (const char* day : {"2017-12-31", "2021-05-03", "2199-01-01"}) {
    input.set_filing_date(day);
    CHECK(ReasonOf(house.Calculate(input)) == "RATE_UNKNOWN");
  }
}

TEST_CASE("Bad input is told whole, to anybody", "[billing][rpc]") {
  House house;
  house.LogIn("");
  v1::CalculationInput input = ExampleClaim();
  input.mutable_work(0)->set_date("2026-02-30");
  input.mutable_disbursements(0)->set_type("");

  const auto refused = house.Calculate(input);

  const auto violations = DetailsOf(refused.status()).violations;
  REQUIRE(violations.size() == 3);
  CHECK(violations[0].field == "input.work[0].date");
  CHECK(violations[1].field == "input.disbursements[0].type");
  CHECK(violations[2].field == "input.filing_date");
}

TEST_CASE("Rates are listed by pages, for a day or for all", "[billing][rpc]") {
  House house;
  house.LogIn("");
  v1::ListCompensationRatesRequest request;
  const auto all = static_cast<int>(RatesFromFile().size());
  request.set_limit(50);
  request.set_page(all / 50 + 1);
  CHECK(house.Rates(request)->total() == all);
  CHECK(house.Rates(request)->compensation_rates_size() == all % 50);
  request.set_date("2024-07-01");
  request.set_page(0);
  const auto listed = house.Rates(request);
  REQUIRE(listed->compensation_rates_size() == 8);
  CHECK(listed->compensation_rates(0).source() == "förordning (2009:1237) 2 §, SFS 2023:782");
  request.set_date("2024-02-30");
  CHECK(ReasonOf(house.Rates(request)) == "INVALID_REQUEST");
}

}  // namespace
}  // namespace bitrade::billing
