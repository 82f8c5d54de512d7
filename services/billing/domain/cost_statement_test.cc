#include "services/billing/domain/cost_statement.h"

#include "absl/strings/match.h"
#include "services/billing/domain/manifest.h"
#include "services/billing/domain/visible_text.h"
#include "services/common/testing/catch.h"

namespace bitrade::billing {
namespace {

using absl::CivilDay;
using testing::ReasonOf;

const absl::Time kNow = absl::FromUnixSeconds(1'772'000'000);

CostStatement Draft() {
  return {.id = CostStatementId::Trusted("00000000-0000-7000-8000-000000000001"),
          .appointment = AppointmentId::Trusted("00000000-0000-7000-8000-000000000002"),
          .counsel = CounselId::Trusted("00000000-0000-7000-8000-000000000003"),
          .create_time = kNow,
          .update_time = kNow};
}

Claim CompleteClaim() {
  return {.instance = Instance::kFirst,
          .work_began = CivilDay(2026, 2, 2),
          .work = {{.date = CivilDay(2026, 2, 3), .minutes = 60, .text = "Möte\nmed klient"}},
          .filing_date = CivilDay(2026, 3, 2)};
}

Receipt ReceiptOf(const CostStatement& statement) {
  return {.number = "BT-2026-00000001",
          .cost_statement = statement.id,
          .received_time = kNow,
          .manifest_sha256 = "ab12",
          .total = Ore(100)};
}

TEST_CASE("A statement is filed once and is then closed to its counsel", "[billing][domain]") {
  CostStatement statement = Draft();
  CHECK(Transitions(statement, Hand::kCounsel).size() == 4);
  CHECK(Transitions(statement, Hand::kDelegate).size() == 2);
  REQUIRE_OK(File(statement, kNow + absl::Hours(1)));
  CHECK(statement.state == State::kFiled);
  CHECK(statement.agency_state == AgencyState::kReceived);
  CHECK(statement.version == 2);
  CHECK(Transitions(statement, Hand::kCounsel).empty());
  CHECK(ReasonOf(File(statement, kNow)) == "COST_STATEMENT_NOT_DRAFT");
}

TEST_CASE("A filing says what it lacks", "[billing][domain]") {
  REQUIRE_OK(CheckComplete(CompleteClaim()));
  Claim claim = CompleteClaim();
  claim.instance.reset();
  claim.work[0].text.clear();
  const absl::Status status = CheckComplete(claim);
  CHECK(ReasonOf(status) == "COST_STATEMENT_INCOMPLETE");
  CHECK(absl::StrContains(DetailsOf(status).english_detail, "instance, work[0].text"));
  claim = CompleteClaim();
  claim.work[0] = {.date = CivilDay(2026, 2, 3), .minutes = 5, .routine = true};
  REQUIRE_OK(CheckComplete(claim));
  claim.work.clear();
  CHECK(ReasonOf(CheckComplete(claim)) == "COST_STATEMENT_INCOMPLETE");
}

TEST_CASE("The agency registers what it stored, once, under one number", "[billing][domain]") {
  CostStatement statement = Draft();
  const Receipt receipt = ReceiptOf(statement);
  CHECK(ReasonOf(Register(statement, receipt, "ab12", "A-1", kNow)) == "COST_STATEMENT_NOT_FILED");
  REQUIRE_OK(File(statement, kNow));
  CHECK(ReasonOf(Register(statement, receipt, "ab13", "A-1", kNow)) == "DIGEST_MISMATCH");
  CHECK(Register(statement, receipt, "ab12", "A-1", kNow).value());
  CHECK(statement.agency_state == AgencyState::kRegistered);
  CHECK(statement.version == 3);
  CHECK_FALSE(Register(statement, receipt, "ab12", "A-1", kNow).value());
  CHECK(statement.version == 3);
  CHECK(ReasonOf(Register(statement, receipt, "ab12", "A-2", kNow)) == "DIARY_NUMBER_DIFFERS");
}

TEST_CASE("The same filing has the same manifest, any change another", "[billing][domain]") {
  const CostStatement statement = Draft();
  Claim claim = CompleteClaim();
  const Calculation calculation;
  constexpr auto kConfirmed = FilingKind::kConfirmation;
  const std::string manifest = Manifest({statement, claim, calculation, kConfirmed});
  CHECK(manifest == Manifest({statement, CompleteClaim(), calculation, kConfirmed}));
  CHECK(manifest != Manifest({statement, claim, calculation, FilingKind::kSignature}));
  CHECK(manifest != Manifest({statement, claim, calculation, FilingKind::kSession}));
  CHECK(absl::StrContains(manifest, "work[0].text\tMöte\\nmed klient\n"));
  claim.work[0].minutes = 61;
  CHECK(manifest != Manifest({statement, claim, calculation, kConfirmed}));
}

TEST_CASE("Instants in a manifest are UTC with six decimals, always", "[billing][domain]") {
  CostStatement statement = Draft();
  statement.update_time = kNow + absl::Nanoseconds(123'456'999);
  Claim claim = CompleteClaim();
  claim.time_loss.push_back({.interval = {kNow, kNow + absl::Minutes(30)}});
  const std::string manifest = Manifest({statement, claim, Calculation(), FilingKind::kSession});
  CHECK(absl::StrContains(manifest, "\nreceivedTime\t2026-02-25T06:13:20.123456Z\n"));
  CHECK(absl::StrContains(manifest, "\ntimeLoss[0].startTime\t2026-02-25T06:13:20.000000Z\n"));
}

TEST_CASE("What is signed names every sum and the digest of the whole", "[billing][domain]") {
  const CostStatement draft = Draft();
  const Claim claim = CompleteClaim();
  Calculation calculation;
  calculation.summary.push_back(
      {.kind = "WORK", .exact = {}, .amount = Ore(1'345'600), .trace = {}});
  calculation.total = Ore(2'111'300);
  const std::string text = VisibleText({draft, claim, calculation, FilingKind::kSignature}, "ab12");
  for (const std::string& part :
       {draft.id.text(), draft.appointment.text(), std::string("Arbete: 13 456,00 kronor"),
        std::string("Summa att betala: 21 113,00 kronor"), std::string("ab12")}) {
    INFO(part);
    CHECK(absl::StrContains(text, part));
  }
}

TEST_CASE("Receipts are numbered within a year", "[billing][domain]") {
  CHECK(ReceiptNumber(2026, 1) == "BT-2026-00000001");
}

}  // namespace
}  // namespace bitrade::billing
