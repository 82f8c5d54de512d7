#include "services/appointments/domain/appointment.h"

#include <string>

#include "absl/strings/str_format.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using absl::CivilDay;
using bitrade::testing::ReasonOf;

constexpr CivilDay kAppointed(2026, 1, 10);
constexpr CivilDay kToday(2026, 3, 2);

Appointment InForce() {
  return {.id = AppointmentId::Trusted("00000000-0000-7000-8000-000000000001"),
          .matter = MatterId::Trusted("00000000-0000-7000-8000-000000000002"),
          .counsel = CounselId::Trusted("00000000-0000-7000-8000-000000000003"),
          .matter_number = "12-345678",
          .category = "ASYLUM_ADULT",
          .appointed_date = kAppointed,
          .visible_until = {},
          .filings_visible_until = {},
          .released_date = {},
          .create_time = {},
          .update_time = {},
          .applicants = {}};
}

TEST_CASE("A release ends an appointment in force", "[appointments][domain]") {
  const auto released = Release(InForce(), CivilDay(2026, 2, 1), kToday);

  REQUIRE_OK(released);
  CHECK(released->state == State::kReleased);
  CHECK(released->released_date == CivilDay(2026, 2, 1));
}

TEST_CASE("Release refuses whatever is not appointed", "[appointments][domain]") {
  const Appointment released = *Release(InForce(), CivilDay(2026, 2, 1), kToday);

  CHECK(ReasonOf(Release(released, CivilDay(2026, 2, 2), kToday)) == "APPOINTMENT_NOT_APPOINTED");
}

TEST_CASE("A release lies between the appointment and today", "[appointments][domain]") {
  CHECK(Release(InForce(), kAppointed, kToday).ok());
  CHECK(Release(InForce(), kToday, kToday).ok());
  CHECK(ReasonOf(Release(InForce(), kAppointed - 1, kToday)) == "INVALID_REQUEST");
  CHECK(ReasonOf(Release(InForce(), kToday + 1, kToday)) == "INVALID_REQUEST");
}

TEST_CASE("A release begins with the Stockholm day on which it took effect",
          "[appointments][domain]") {
  const Appointment released = *Release(InForce(), CivilDay(2026, 2, 1), kToday);

  CHECK_FALSE(ReleaseTime(InForce().released_date).has_value());
  CHECK(ReleaseTime(released.released_date) ==
        absl::FromCivil(absl::CivilSecond(2026, 1, 31, 23, 0, 0), absl::UTCTimeZone()));
}

TEST_CASE("An appointment holds from today at the latest", "[appointments][domain]") {
  CHECK(CheckAppointedDate(kToday, kToday).ok());
  CHECK(ReasonOf(CheckAppointedDate(kToday + 1, kToday)) == "INVALID_REQUEST");
}

TEST_CASE("Ends move with the decisions, and only then", "[appointments][domain]") {
  Appointment appointment = InForce();
  const SightDecisions decided{
      .main = {{MainDecision{.legal_force = CivilDay(2026, 1, 15), .appeal_handed_over = {}}}},
      .compensation = {CivilDay(2026, 2, 1)}};

  CHECK_FALSE(MoveEnds(appointment, {.main = {{}}, .compensation = {}}));
  CHECK(MoveEnds(appointment, decided));
  CHECK(appointment.visible_until.has_value());
  CHECK(appointment.filings_visible_until > appointment.visible_until);
  CHECK_FALSE(MoveEnds(appointment, decided));
}

Applicant Person(int number) {
  return {.id = ApplicantId::Trusted(absl::StrFormat("00000000-0000-7000-8000-%012d", number)),
          .details = {.contact = {}, .agency_channel = ""}};
}

TEST_CASE("An appointment covers one to all of the matter's applicants, in the matter's order",
          "[appointments][domain]") {
  const std::vector<Applicant> family = {Person(1), Person(2), Person(3)};
  const auto chosen = ChooseApplicants(family, {Person(3).id, Person(1).id});

  REQUIRE_OK(chosen);
  REQUIRE(chosen->size() == 2);
  CHECK(chosen->front().id == Person(1).id);
  CHECK(chosen->back().id == Person(3).id);
}

TEST_CASE("Nobody, a stranger and the same person twice are not appointed for",
          "[appointments][domain]") {
  const std::vector<Applicant> family = {Person(1), Person(2)};
  const auto fault = [&family](const std::vector<ApplicantId>& wanted) {
    return DetailsOf(ChooseApplicants(family, wanted).status()).violations.at(0).field;
  };

  CHECK(fault({}) == "applicant_ids");
  CHECK(fault({Person(1).id, Person(9).id}) == "applicant_ids[1]");
  CHECK(fault({Person(2).id, Person(2).id}) == "applicant_ids[1]");
}

}  // namespace
}  // namespace bitrade::appointments
