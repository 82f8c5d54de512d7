#include "services/appointments/appointments/convert.h"

#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

constexpr char kId[] = "00000000-0000-7000-8000-000000000001";

Appointment Appointed() {
  return {.id = AppointmentId::Trusted(kId),
          .matter = MatterId::Trusted(kId),
          .counsel = CounselId::Trusted(kId),
          .matter_number = "12-345678",
          .category = "ASYLUM_ADULT",
          .appointed_date = absl::CivilDay(2026, 1, 10),
          .visible_until = std::nullopt,
          .filings_visible_until = std::nullopt,
          .released_date = std::nullopt,
          .version = 4,
          .create_time = absl::FromUnixSeconds(1),
          .update_time = absl::FromUnixSeconds(2),
          .applicants = {}};
}

TEST_CASE("An appointment in force shows neither end nor release", "[appointments][unit]") {
  v1::Appointment told;
  ToProto(Appointed(), told);

  CHECK(told.state() == v1::Appointment::APPOINTED);
  CHECK(told.appointed_date() == "2026-01-10");
  CHECK_FALSE(told.has_visible_until_time());
  CHECK_FALSE(told.has_release_time());
  CHECK(told.update_time().seconds() == 2);
  CHECK(told.etag() == "4");
}

TEST_CASE("A release and an end are shown", "[appointments][unit]") {
  Appointment appointment = Appointed();
  appointment.state = State::kReleased;
  appointment.released_date = absl::CivilDay(2026, 2, 1);
  appointment.visible_until = absl::FromUnixSeconds(9);
  v1::Appointment told;
  ToProto(appointment, told);

  CHECK(told.state() == v1::Appointment::RELEASED);
  CHECK(told.release_time().seconds() == 1'769'900'400);  // the beginning of the day in Stockholm
  CHECK(told.visible_until_time().seconds() == 9);
}

TEST_CASE("What is not known of access is the far future or nothing", "[appointments][unit]") {
  const v1::AppointmentAccess access = ToProto(AccessFactsOf(Appointed()));

  CHECK(access.version() == 4);
  CHECK(access.digital());
  CHECK(access.visible_until_us() == kNoEndUs);
  CHECK(access.released_us() == 0);
  CHECK(access.filings_visible_until_us() == 0);
}

TEST_CASE("Every fault of form of an appointment is told in one go", "[appointments][unit]") {
  v1::AppointRequest request;
  request.set_matter_id(kId);
  request.set_counsel_id("Astrid");
  request.add_applicant_ids(kId);
  request.add_applicant_ids("Amina");
  request.set_appointed_date("2026-02-30");

  const auto violations = DetailsOf(FromProto(request).status()).violations;

  REQUIRE(violations.size() == 3);
  CHECK(violations[0].field == "counsel_id");
  CHECK(violations[1].field == "appointed_date");
  CHECK(violations[2].field == "applicant_ids[1]");
}

TEST_CASE("A release says why, in one line", "[appointments][unit]") {
  v1::ReleaseRequest request;
  request.set_appointment_id(kId);
  request.set_released_date("2026-02-01");
  request.set_reason(std::string(500, 'x'));
  CHECK(FromProto(request).ok());

  request.set_reason(GENERATE(std::string(), std::string(501, 'x'), std::string("a\nb")));
  CHECK(DetailsOf(FromProto(request).status()).violations.at(0).field == "reason");
}

}  // namespace
}  // namespace bitrade::appointments
