#include "services/billing/calculations/convert.h"

#include "bitrade/billing/v1/cost_statement_agency_service.pb.h"
#include "services/billing/domain/manifest.h"
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
  loss.clear_meals();
  loss.mutable_start_time()->set_seconds(-3'786'908'580);  // in 1849
  loss.mutable_end_time()->set_seconds(-3'786'908'580 + 60);
  CHECK(FaultsIn(input) == std::vector<std::string>{"input.time_loss[0].start_time OUT_OF_RANGE"});
  loss.clear_end_time();
  CHECK(FaultsIn(input) == std::vector<std::string>{"input.time_loss[0].end_time REQUIRED"});
}

TEST_CASE("Texts have lines and tabs, and no control characters, which no case system can keep",
          "[billing][convert]") {
  v1::CalculationInput input = Example();
  input.mutable_work(0)->set_text("Möte\r\nmed\tklient\n");
  REQUIRE_OK(FromProto(input));
  input.mutable_work(0)->set_text(std::string("Möte\0med klient", 16));
  input.mutable_disbursements(0)->set_text("Tåg\x1B[2J");
  input.set_substitution("\x7F");
  CHECK(FaultsIn(input) == std::vector<std::string>{"input.substitution MALFORMED",
                                                    "input.work[0].text MALFORMED",
                                                    "input.disbursements[0].text MALFORMED"});
}

// As many of everything as is let in, each as long as it gets: a time loss of two days with
// `meals`, cut into six parts.
v1::CalculationInput Largest(int meals) {
  v1::CalculationInput input = Example();
  v1::TimeLoss& loss = *input.mutable_time_loss(0);
  constexpr int64_t kMidnight = 1'770'073'200;  // 2026-02-03T00:00 in Stockholm
  loss.set_overnight(true);
  loss.mutable_start_time()->set_seconds(kMidnight);
  loss.mutable_end_time()->set_seconds(kMidnight + 48 * 3600);
  for (int i = 0; i < meals; ++i) {
    v1::Meal& meal = *loss.add_meals();
    meal.mutable_start_time()->set_seconds(kMidnight + (7 * 60 + 59 + i) * 60);
    meal.mutable_end_time()->set_seconds(kMidnight + (8 * 60 + i) * 60);
  }
  v1::Mileage& mileage = *input.add_mileage();
  mileage.set_date("2026-02-04");
  mileage.set_km(10'000);
  mileage.set_stated_rate_ore(100'000);
  while (input.work_size() < 500) *input.add_work() = input.work(0);
  while (input.time_loss_size() < 500) *input.add_time_loss() = input.time_loss(0);
  while (input.disbursements_size() < 500) *input.add_disbursements() = input.disbursements(0);
  while (input.mileage_size() < 500) *input.add_mileage() = input.mileage(0);
  return input;
}

TEST_CASE("A case system can take the largest filing there is in one message",
          "[billing][convert]") {
  int meals = 50;
  while (!FromProto(Largest(meals)).ok()) --meals;
  REQUIRE(meals > 0);
  v1::FiledCostStatement filed;
  v1::CostStatement& statement = *filed.mutable_cost_statement();
  *statement.mutable_input() = Largest(meals);
  const auto claim = FromProto(statement.input());
  const auto calculation = Calculate(*claim, RateTable(RatesFromFile()));
  REQUIRE_OK(calculation);
  CHECK(calculation->lines.size() == 500 * 9);
  *statement.mutable_result() = ToProto(*calculation);
  const std::string id = "00000000-0000-7000-8000-000000000001";
  const CostStatement draft{.id = CostStatementId::Trusted(id),
                            .appointment = AppointmentId::Trusted(id),
                            .counsel = CounselId::Trusted(id)};
  filed.set_manifest(Manifest({draft, *claim, *calculation, FilingKind::kSignature}));

  // What gRPC takes in one message, less room for overlaps and the receipt.
  CHECK(filed.ByteSizeLong() < size_t{4 * 1024 - 128} * 1024);
}

}  // namespace
}  // namespace bitrade::billing
