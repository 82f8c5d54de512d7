#include "services/appointments/domain/visibility.h"

#include <string>
#include <vector>

#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using absl::CivilDay;

MainDecision LegalForce(CivilDay day) { return {.legal_force = day, .appeal_handed_over = {}}; }
MainDecision HandedOver(CivilDay day) { return {.legal_force = {}, .appeal_handed_over = day}; }

std::string Utc(std::optional<absl::Time> time) {
  return time ? absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", *time, absl::UTCTimeZone()) : "unknown";
}

std::string EndAfter(CivilDay legal_force) {
  return Utc(EndOfSight({{LegalForce(legal_force)}}, {}));
}

TEST_CASE("Sight ends with the Stockholm day three calendar months later",
          "[appointments][domain]") {
  // Winter is UTC+1, summer UTC+2: the end of the day is midnight in Stockholm.
  CHECK(EndAfter(CivilDay(2026, 1, 15)) == "2026-04-15T22:00:00Z");
  CHECK(EndAfter(CivilDay(2026, 9, 1)) == "2026-12-01T23:00:00Z");
}

TEST_CASE("A day that the month lacks is its last day", "[appointments][domain]") {
  CHECK(EndAfter(CivilDay(2025, 11, 30)) == "2026-02-28T23:00:00Z");
  CHECK(EndAfter(CivilDay(2026, 1, 31)) == "2026-04-30T22:00:00Z");
  CHECK(EndAfter(CivilDay(2026, 8, 31)) == "2026-11-30T23:00:00Z");
  CHECK(EndAfter(CivilDay(2026, 11, 29)) == "2027-02-28T23:00:00Z");
}

TEST_CASE("A leap year has its 29 February", "[appointments][domain]") {
  CHECK(EndAfter(CivilDay(2027, 11, 29)) == "2028-02-29T23:00:00Z");
  CHECK(EndAfter(CivilDay(2027, 11, 30)) == "2028-02-29T23:00:00Z");
  CHECK(EndAfter(CivilDay(2028, 2, 29)) == "2028-05-29T22:00:00Z");
}

TEST_CASE("The days on which the clock is moved have their own lengths", "[appointments][domain]") {
  // 29 March 2026 has 23 hours and ends in summer time, 25 October 2026 has 25 and ends in winter
  // time.
  CHECK(EndAfter(CivilDay(2025, 12, 28)) == "2026-03-28T23:00:00Z");
  CHECK(EndAfter(CivilDay(2025, 12, 29)) == "2026-03-29T22:00:00Z");
  CHECK(EndAfter(CivilDay(2026, 7, 24)) == "2026-10-24T22:00:00Z");
  CHECK(EndAfter(CivilDay(2026, 7, 25)) == "2026-10-25T23:00:00Z");
}

TEST_CASE("The end is not moved to a working day", "[appointments][domain]") {
  CHECK(EndAfter(CivilDay(2026, 9, 25)) == "2026-12-25T23:00:00Z");  // Christmas Day
}

TEST_CASE("The hand-over of the appeal ends sight as legal force does", "[appointments][domain]") {
  CHECK(Utc(EndOfSight({{HandedOver(CivilDay(2026, 1, 15))}}, {})) == "2026-04-15T22:00:00Z");
}

TEST_CASE("Of legal force and hand-over the first counts", "[appointments][domain]") {
  const MainDecision both = {.legal_force = CivilDay(2026, 6, 1),
                             .appeal_handed_over = CivilDay(2026, 1, 15)};

  CHECK(Utc(EndOfSight({{both}}, {})) == "2026-04-15T22:00:00Z");
}

TEST_CASE("No end is known before a main decision has gained legal force",
          "[appointments][domain]") {
  CHECK(Utc(EndOfSight({{}}, {})) == "unknown");
  CHECK(Utc(EndOfSight({{MainDecision{}}}, {})) == "unknown");
}

TEST_CASE("A family is seen until the last of them has ended", "[appointments][domain]") {
  const ApplicantDecisions first = {LegalForce(CivilDay(2026, 1, 15))};
  const ApplicantDecisions second = {LegalForce(CivilDay(2026, 3, 2))};

  CHECK(Utc(EndOfSight({first, second}, {})) == "2026-06-02T22:00:00Z");
  CHECK(Utc(EndOfSight({second, first}, {})) == "2026-06-02T22:00:00Z");
  CHECK(Utc(EndOfSight({first, {}}, {})) == "unknown");
  CHECK(Utc(EndOfSight({first, {MainDecision{}}}, {})) == "unknown");
}

TEST_CASE("A second main decision on one applicant is waited for", "[appointments][domain]") {
  const MainDecision first = LegalForce(CivilDay(2026, 1, 15));

  CHECK(Utc(ApplicantEnd({first, MainDecision{}})) == "unknown");
  CHECK(Utc(ApplicantEnd({first, LegalForce(CivilDay(2026, 2, 1))})) == "2026-05-01T22:00:00Z");
}

TEST_CASE("A release ends sight with the fourteenth day after it", "[appointments][domain]") {
  CHECK(Utc(EndOfSight({{}}, CivilDay(2026, 3, 20))) == "2026-04-03T22:00:00Z");
}

TEST_CASE("A release never makes sight longer", "[appointments][domain]") {
  const ApplicantDecisions ended = {LegalForce(CivilDay(2026, 1, 1))};

  CHECK(Utc(EndOfSight({ended}, CivilDay(2026, 3, 31))) == "2026-04-01T22:00:00Z");
}

TEST_CASE("A fact recorded late gives an end in the past", "[appointments][domain]") {
  const auto end = EndOfSight({{LegalForce(CivilDay(2026, 1, 1))}}, {});

  REQUIRE(end.has_value());
  CHECK(*end < absl::FromCivil(CivilDay(2026, 11, 24), absl::UTCTimeZone()));
}

TEST_CASE("What was filed is seen until three months after the last decision on compensation",
          "[appointments][domain]") {
  const CivilDay first(2026, 1, 15);
  const CivilDay second(2026, 3, 2);

  CHECK(Utc(EndOfFilings({})) == "unknown");
  CHECK(Utc(EndOfFilings({first, std::nullopt})) == "unknown");
  CHECK(Utc(EndOfFilings({second, first})) == "2026-06-02T22:00:00Z");
}

TEST_CASE("An unknown end is the far future as a number", "[appointments][domain]") {
  CHECK(EndMicros(std::nullopt) == kNoEndUs);
  CHECK(kNoEndUs == absl::ToUnixMicros(absl::InfiniteFuture()));
  CHECK(EndMicros(absl::FromUnixMicros(7)) == 7);
}

}  // namespace
}  // namespace bitrade::appointments
