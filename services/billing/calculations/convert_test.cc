#include "services/billing/calculations/convert.h"

#include "services/billing/domain/testing/rates_file.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::billing {
namespace {

v1::CalculationInput Example() {
  v1::CalculationInput input;
  input.set_instance("FIRST");
  input.set_work_began_date("2026-02-02");
  input.set_filing_date("2026-03-02");
  input.set_f_tax(true);
  input.set_vat(true);
  v1::Work& work = *input.add_work();
  work.set_date("2026-02-03");
  work.set_minutes(530);
  work.set_text("Genomgång");
  v1::TimeLoss& loss = *input.add_time_loss();
  loss.mutable_start_time()->set_seconds(1'770'192'000);  // 2026-02-04T08:00:00Z
  loss.mutable_end_time()->set_seconds(1'770'192'000 + 90 * 60);
  v1::Disbursement& outlay = *input.add_disbursements();
  outlay.set_date("2026-02-04");
  outlay.set_type("TRAVEL");
  outlay.set_amount_ore(29'600);
  outlay.set_taxable(true);
  return input;
}

// The fields with violations, in their order.
std::vector<std::string> FaultsIn(const v1::CalculationInput& input) {
  std::vector<std::string> fields;
  for (const Violation& violation : DetailsOf(FromProto(input).status()).violations) {
    fields.push_back(violation.field + " " + violation.code);
  }
  return fields;
}

TEST_CASE("A claim goes in and its calculation comes out", "[billing][convert]") {
  const auto claim = FromProto(Example());
  REQUIRE_OK(claim);
  const auto calculation = Calculate(*claim, RateTable(RatesFromFile()));
  REQUIRE_OK(calculation);
  const v1::CalculationResult result = ToProto(*calculation);
  CHECK(result.total_ore() == 2'111'300);
  CHECK(result.summary_size() == 4);
  CHECK(result.lines(1).source() == "timeLoss[0]");
  CHECK(result.lines(1).amount_ore() == 223'050);
  CHECK(result.rate_basis_date() == "2026-03-02");
  CHECK(result.rounding_policy() == "SUMMARY_ROW_HALF_UP_KRONA");
}

TEST_CASE("All faults are told at once, by field", "[billing][convert]") {
  v1::CalculationInput input = Example();
  input.set_instance("SECOND");
  input.clear_filing_date();
  input.mutable_work(0)->set_minutes(1'441);
  input.mutable_work(0)->set_date("2026-02-30");
  input.mutable_disbursements(0)->set_type("GIFT");
  input.add_mileage()->set_date("2026-02-04");
  CHECK(FaultsIn(input) ==
        std::vector<std::string>{"input.instance UNKNOWN", "input.work[0].minutes OUT_OF_RANGE",
                                 "input.work[0].date MALFORMED",
                                 "input.disbursements[0].type UNKNOWN",
                                 "input.mileage[0].km OUT_OF_RANGE", "input.filing_date REQUIRED"});
}

TEST_CASE("Time is whole minutes, forward, at most seven days, with meals within",
          "[billing][convert]") {
  v1::CalculationInput input = Example();
  v1::TimeLoss& loss = *input.mutable_time_loss(0);
  loss.mutable_end_time()->set_seconds(loss.start_time().seconds());
  CHECK(FaultsIn(input) == std::vector<std::string>{"input.time_loss[0].end_time OUT_OF_RANGE"});
  loss.mutable_end_time()->set_seconds(loss.start_time().seconds() + 90);
  CHECK(FaultsIn(input) == std::vector<std::string>{"input.time_loss[0] MALFORMED"});
  loss.mutable_end_time()->set_seconds(loss.start_time().seconds() + 7 * 86'400 + 60);
  CHECK(FaultsIn(input) == std::vector<std::string>{"input.time_loss[0].end_time OUT_OF_RANGE"});
  loss.mutable_end_time()->set_seconds(loss.start_time().seconds() + 3'600);
  v1::Meal& meal = *loss.add_meals();
  meal.mutable_start_time()->set_seconds(loss.start_time().seconds() - 60);
  meal.mutable_end_time()->set_seconds(loss.start_time().seconds() + 60);
  CHECK(FaultsIn(input) == std::vector<std::string>{"input.time_loss[0].meals[0] OUT_OF_RANGE"});
  loss.clear_end_time();
  loss.clear_meals();
  CHECK(FaultsIn(input) == std::vector<std::string>{"input.time_loss[0].end_time REQUIRED"});
}

}  // namespace
}  // namespace bitrade::billing
