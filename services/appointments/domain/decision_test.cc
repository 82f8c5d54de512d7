#include "services/appointments/domain/decision.h"

#include <string>

#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using absl::CivilDay;
using bitrade::testing::ReasonOf;

constexpr CivilDay kDecided(2026, 1, 10);
constexpr CivilDay kToday(2026, 3, 2);

Decision Decided() {
  return {.id = DecisionId::Trusted("00000000-0000-7000-8000-000000000001"),
          .matter = MatterId::Trusted("00000000-0000-7000-8000-000000000002"),
          .applicant = ApplicantId::Trusted("00000000-0000-7000-8000-000000000003"),
          .decided = kDecided,
          .service_date = {},
          .service_method = "",
          .legal_force = {},
          .appeal_handed_over = {}};
}

std::string FaultyField(const absl::StatusOr<Decision>& result) {
  const auto violations = DetailsOf(result.status()).violations;
  return violations.empty() ? "" : violations[0].field;
}

TEST_CASE("Each new fact makes a new version", "[appointments][domain]") {
  auto decision = RecordService(Decided(), CivilDay(2026, 1, 12), "ORDINARY", kToday);
  REQUIRE_OK(decision);
  decision = RecordLegalForce(*decision, CivilDay(2026, 2, 2), kToday);
  REQUIRE_OK(decision);

  CHECK(decision->version == 3);
  CHECK(decision->service_method == "ORDINARY");
  CHECK(decision->legal_force == CivilDay(2026, 2, 2));
}

TEST_CASE("The same fact again changes nothing", "[appointments][domain]") {
  const auto served = RecordService(Decided(), CivilDay(2026, 1, 12), "ORDINARY", kToday);
  REQUIRE_OK(served);
  const auto ended = RecordAppealHandOver(*served, CivilDay(2026, 2, 2), kToday);
  REQUIRE_OK(ended);

  const auto served_again = RecordService(*ended, CivilDay(2026, 1, 12), "ORDINARY", kToday);
  const auto ended_again = RecordAppealHandOver(*ended, CivilDay(2026, 2, 2), kToday);

  REQUIRE_OK(served_again);
  REQUIRE_OK(ended_again);
  CHECK(served_again->version == ended->version);
  CHECK(ended_again->version == ended->version);
}

TEST_CASE("A fact that differs is refused", "[appointments][domain]") {
  Decision decision = *RecordService(Decided(), CivilDay(2026, 1, 12), "ORDINARY", kToday);
  decision = *RecordLegalForce(decision, CivilDay(2026, 2, 2), kToday);
  decision = *RecordAppealHandOver(decision, CivilDay(2026, 2, 3), kToday);

  CHECK(ReasonOf(RecordService(decision, CivilDay(2026, 1, 13), "ORDINARY", kToday)) ==
        "DECISION_FACT_DIFFERS");
  CHECK(ReasonOf(RecordService(decision, CivilDay(2026, 1, 12), "SIMPLIFIED", kToday)) ==
        "DECISION_FACT_DIFFERS");
  CHECK(ReasonOf(RecordLegalForce(decision, CivilDay(2026, 2, 3), kToday)) ==
        "DECISION_FACT_DIFFERS");
  CHECK(ReasonOf(RecordAppealHandOver(decision, CivilDay(2026, 2, 2), kToday)) ==
        "DECISION_FACT_DIFFERS");
}

TEST_CASE("Nothing befalls a decision before it was made", "[appointments][domain]") {
  CHECK(FaultyField(RecordService(Decided(), kDecided - 1, "ORDINARY", kToday)) == "service_date");
  CHECK(FaultyField(RecordLegalForce(Decided(), kDecided - 1, kToday)) == "legal_force_date");
  CHECK(FaultyField(RecordAppealHandOver(Decided(), kDecided - 1, kToday)) ==
        "appeal_handed_over_date");
  CHECK_FALSE(FaultyField(RecordLegalForce(Decided(), kDecided, kToday)) == "legal_force_date");
}

TEST_CASE("Legal force and hand-over are not foretold", "[appointments][domain]") {
  CHECK(FaultyField(RecordLegalForce(Decided(), kToday + 1, kToday)) == "legal_force_date");
  CHECK(FaultyField(RecordAppealHandOver(Decided(), kToday + 1, kToday)) ==
        "appeal_handed_over_date");
  CHECK(RecordLegalForce(Decided(), kToday, kToday).ok());
}

TEST_CASE("Service is not foretold, but where a letter is enough: two weeks after it was sent",
          "[appointments][domain]") {
  CHECK(RecordService(Decided(), kToday, "ORDINARY", kToday).ok());
  CHECK(FaultyField(RecordService(Decided(), kToday + 1, "ORDINARY", kToday)) == "service_date");
  CHECK(FaultyField(RecordService(Decided(), kToday + 1, "IN_PERSON", kToday)) == "service_date");
  CHECK(RecordService(Decided(), kToday + 14, "SIMPLIFIED", kToday).ok());
  CHECK(FaultyField(RecordService(Decided(), kToday + 15, "SIMPLIFIED", kToday)) == "service_date");
  CHECK(FaultyField(RecordService(Decided(), CivilDay(9999, 12, 31), "SIMPLIFIED", kToday)) ==
        "service_date");
}

TEST_CASE("A decision is made today at the latest", "[appointments][domain]") {
  CHECK(CheckDecided(kToday, kToday).ok());
  CHECK(ReasonOf(CheckDecided(kToday + 1, kToday)) == "INVALID_REQUEST");
}

TEST_CASE("Service has one of three methods", "[appointments][domain]") {
  CHECK(RecordService(Decided(), kDecided, "IN_PERSON", kToday).ok());
  CHECK(FaultyField(RecordService(Decided(), kDecided, "BY_PIGEON", kToday)) == "service_method");
}

}  // namespace
}  // namespace bitrade::appointments
