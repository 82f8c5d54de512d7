// A counsel's word on new appointments, over the wire.
#include "services/appointments/testing/house.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using bitrade::testing::ReasonOf;
using testing::AppointmentIn;
using testing::House;
using testing::MatterOf;

TEST_CASE("A counsel takes new appointments until she says otherwise", "[appointments][postgres]") {
  House house;
  const auto before = house.GetAvailability();
  REQUIRE_OK(before);
  CHECK(before->status() == v1::Availability::TAKES_NEW);
  CHECK(before->capacity() == 20);

  const auto changed = house.SetAvailability(v1::Availability::TAKES_NONE, before->etag());

  REQUIRE_OK(changed);
  CHECK(changed->status() == v1::Availability::TAKES_NONE);
  CHECK(ReasonOf(house.SetAvailability(v1::Availability::TAKES_NEW, before->etag())) ==
        "ETAG_MISMATCH");
  CHECK(ReasonOf(house.Appoint(AppointmentIn(
            house.Register(MatterOf({"Amina Testsson"})).value()))) == "COUNSEL_TAKES_NONE");
}

TEST_CASE("Availability may be set before anybody has asked for it", "[appointments][postgres]") {
  House house;

  REQUIRE_OK(house.SetAvailability(v1::Availability::ONLY_IF_REQUESTED, "1"));

  v1::AppointRequest request = AppointmentIn(house.Register(MatterOf({"Amina Testsson"})).value());
  CHECK(ReasonOf(house.Appoint(request)) == "COUNSEL_ONLY_IF_REQUESTED");
  request.set_requested_by_applicant(true);
  CHECK(house.Appoint(request).ok());
}

TEST_CASE("A status must be one of three", "[appointments][postgres]") {
  House house;
  CHECK(ReasonOf(house.SetAvailability(v1::Availability::STATUS_UNSPECIFIED, "1")) ==
        "INVALID_REQUEST");
}

TEST_CASE("Who is not in the register has no availability", "[appointments][postgres]") {
  House house;
  house.LogIn("00000000-0000-7000-9000-000000000009");

  CHECK(ReasonOf(house.GetAvailability()) == "NOT_FOUND");
  CHECK(ReasonOf(house.SetAvailability(v1::Availability::TAKES_NONE, "1")) == "NOT_FOUND");
}

}  // namespace
}  // namespace bitrade::appointments
