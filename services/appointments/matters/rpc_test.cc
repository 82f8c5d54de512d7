// Facts of a matter and what they mean for sight, over the wire.
#include "absl/strings/str_cat.h"
#include "services/appointments/testing/house.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using bitrade::testing::ReasonOf;
using testing::AppointmentIn;
using testing::House;
using testing::MatterOf;

v1::Appointment AppointedIn(House& house, const v1::Matter& matter) {
  return house.Appoint(AppointmentIn(matter)).value();
}

// The data of the newest event of an appointment.
std::string Told(House& house, const std::string& appointment_id, const std::string& name) {
  return house.database()
      .Run("SELECT data->>'" + name + "' FROM event WHERE aggregate_id = '" + appointment_id +
           "' ORDER BY version DESC LIMIT 1")[0][0]
      .as<std::string>();
}

TEST_CASE("A fact that is recorded late ends sight at once, and everybody is told",
          "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson"})).value();
  const v1::Appointment appointed = AppointedIn(house, matter);
  const v1::Decision decision = house.Decide(matter, 0, v1::Decision::MAIN).value();
  REQUIRE_OK(house.Get(appointed.id()));

  REQUIRE_OK(house.GainLegalForce(decision.id(), "2025-10-01"));

  CHECK(ReasonOf(house.Get(appointed.id())) == "NOT_FOUND");
  CHECK(house.List()->total() == 0);
  // The end of 1 January 2026 in Stockholm.
  CHECK(house.Access(appointed.id())->visible_until_us() == 1'767'308'400'000'000);
  CHECK(Told(house, appointed.id(), "visible_until_us") == "1767308400000000");
  CHECK(Told(house, appointed.id(), "counsel_id") == "00000000-0000-7000-9000-000000000001");
}

TEST_CASE("A family is seen until the last of them has ended", "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson", "Bilal Testsson"})).value();
  const v1::Appointment appointed = AppointedIn(house, matter);
  const v1::Decision first = house.Decide(matter, 0, v1::Decision::MAIN).value();
  const v1::Decision second = house.Decide(matter, 1, v1::Decision::MAIN).value();

  REQUIRE_OK(house.GainLegalForce(first.id(), "2025-10-01"));
  CHECK_FALSE(house.Get(appointed.id())->has_visible_until_time());
  REQUIRE_OK(house.GainLegalForce(second.id(), "2025-12-15"));

  const auto seen = house.Get(appointed.id());
  REQUIRE_OK(seen);
  CHECK(seen->visible_until_time().seconds() == 1'773'615'600);  // the end of 15 March 2026
  CHECK(seen->etag() == "2");
}

TEST_CASE("The same fact again changes nothing, another is refused", "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson"})).value();
  const v1::Appointment appointed = AppointedIn(house, matter);
  const v1::Decision decision = house.Decide(matter, 0, v1::Decision::MAIN).value();
  REQUIRE_OK(house.GainLegalForce(decision.id(), "2026-01-15"));

  const auto again = house.GainLegalForce(decision.id(), "2026-01-15");

  REQUIRE_OK(again);
  CHECK(again->version() == 2);
  CHECK(house.Access(appointed.id())->version() == 2);
  CHECK(ReasonOf(house.GainLegalForce(decision.id(), "2026-01-16")) == "DECISION_FACT_DIFFERS");
}

TEST_CASE("Whoever is appointed after legal force sees no longer than the others",
          "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson"})).value();
  const v1::Decision decision = house.Decide(matter, 0, v1::Decision::MAIN).value();
  REQUIRE_OK(house.GainLegalForce(decision.id(), "2026-01-15"));

  const v1::Appointment appointed = AppointedIn(house, matter);

  CHECK(appointed.visible_until_time().seconds() == 1'776'290'400);  // the end of 15 April 2026
}

TEST_CASE("A decision on compensation moves the end of filings alone", "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson"})).value();
  const v1::Appointment appointed = AppointedIn(house, matter);
  const v1::Decision decision = house.Decide(matter, 0, v1::Decision::COMPENSATION).value();

  REQUIRE_OK(house.GainLegalForce(decision.id(), "2026-01-15"));

  CHECK_FALSE(house.Get(appointed.id())->has_visible_until_time());
  CHECK(house.Access(appointed.id())->filings_visible_until_us() == 1'776'290'400'000'000);
  CHECK(Told(house, appointed.id(), "filings_visible_until_us") == "1776290400000000");
}

TEST_CASE("Raised protection erases contact details wherever they are shown",
          "[appointments][postgres]") {
  House house;
  const v1::RegisterMatterRequest registered = MatterOf({"Amina Testsson"});
  const v1::Matter matter = house.Register(registered).value();
  const v1::Appointment appointed = AppointedIn(house, matter);
  REQUIRE(house.Get(appointed.id())->applicants(0).has_contact());
  v1::RaiseProtectionRequest request;
  request.set_applicant_id(matter.applicants(0).id());
  request.set_protection_level(v1::SECRECY_MARKER);
  request.set_agency_channel("asylprovningen@agency.example");

  REQUIRE_OK(house.Raise(request));

  const auto seen = house.Get(appointed.id());
  REQUIRE_OK(seen);
  CHECK_FALSE(seen->applicants(0).has_contact());
  CHECK(seen->applicants(0).agency_channel() == "asylprovningen@agency.example");
  CHECK(seen->etag() == "2");
  // What is remembered for the source id has never held them.
  CHECK_FALSE(house.Register(registered)->applicants(0).has_contact());
  CHECK(house.database()
            .Run("SELECT count(*) FROM applicant WHERE contact_phone IS NOT NULL")[0][0]
            .as<int>() == 0);
}

TEST_CASE("Contact details of a protected person are refused before anything is stored",
          "[appointments][postgres]") {
  House house;
  v1::RegisterMatterRequest request = MatterOf({"Amina Testsson"});
  request.mutable_applicants(0)->set_protection_level(v1::ASSUMED_IDENTITY);
  request.mutable_applicants(0)->set_agency_channel("asylprovningen@agency.example");

  CHECK(ReasonOf(house.Register(request)) == "PROTECTED_CONTACT_REFUSED");
  CHECK(house.database().Run("SELECT count(*) FROM matter")[0][0].as<int>() == 0);
}

TEST_CASE("A matter of another authority does not exist, whatever is to be done to it",
          "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson"})).value();
  const v1::Appointment appointed = AppointedIn(house, matter);
  const v1::Decision decision = house.Decide(matter, 0, v1::Decision::MAIN).value();
  v1::RaiseProtectionRequest protection;
  protection.set_applicant_id(matter.applicants(0).id());
  protection.set_protection_level(v1::SECRECY_MARKER);
  protection.set_agency_channel("asylprovningen@agency.example");
  const auto rows = [&house] {
    return house.database()
        .Run(
            "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM decision), "
            "(SELECT count(*) FROM appointment)")
        .at(0);
  };
  const std::string before = absl::StrCat(rows()[0].c_str(), rows()[1].c_str(), rows()[2].c_str());

  house.CallAsPolice();

  CHECK(ReasonOf(house.Decide(matter, 0, v1::Decision::MAIN)) == "NOT_FOUND");
  CHECK(ReasonOf(house.GainLegalForce(decision.id(), "2025-10-01")) == "NOT_FOUND");
  CHECK(ReasonOf(house.Release(appointed.id(), "2025-10-01")) == "NOT_FOUND");
  CHECK(ReasonOf(house.Raise(protection)) == "NOT_FOUND");
  CHECK(ReasonOf(house.Appoint(AppointmentIn(matter))) == "NOT_FOUND");
  CHECK(absl::StrCat(rows()[0].c_str(), rows()[1].c_str(), rows()[2].c_str()) == before);
}

TEST_CASE("A case system registers matters of its authority and its categories alone",
          "[appointments][postgres]") {
  House house;
  house.CallAsPolice();
  const auto registered = [&house](const char* authority, const char* category) {
    v1::RegisterMatterRequest request = MatterOf({"Amina Testsson"});
    request.set_authority(authority);
    request.set_category(category);
    return house.Register(request);
  };

  CHECK(ReasonOf(registered("MIGRATION_AGENCY", "DETENTION")) == "PERMISSION_DENIED");
  CHECK(ReasonOf(registered("POLICE_AUTHORITY", "ASYLUM_ADULT")) == "PERMISSION_DENIED");
  CHECK(house.database().Run("SELECT count(*) FROM matter")[0][0].as<int>() == 0);
  const auto own = registered("POLICE_AUTHORITY", "DETENTION");
  REQUIRE_OK(own);
  const v1::Appointment appointed = AppointedIn(house, *own);
  CHECK(Told(house, appointed.id(), "authority") == "POLICE_AUTHORITY");
  CHECK(house.Access(appointed.id())->category() == "DETENTION");
}

TEST_CASE("A matter number is taken once, and a category must be known",
          "[appointments][postgres]") {
  House house;
  v1::RegisterMatterRequest request = MatterOf({"Amina Testsson"});
  REQUIRE_OK(house.Register(request));
  request.set_source_id("another");

  CHECK(ReasonOf(house.Register(request)) == "MATTER_NUMBER_TAKEN");
  v1::RegisterMatterRequest parking = MatterOf({"Amina Testsson"});
  parking.set_category("PARKING");
  CHECK(DetailsOf(house.Register(parking).status()).violations.at(0).field == "category");
}

TEST_CASE("What a counsel has filed follows the decision on her own compensation",
          "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson"})).value();
  const v1::Appointment first = AppointedIn(house, matter);
  REQUIRE_OK(house.Release(first.id(), "2026-02-01"));
  v1::AppointRequest next = AppointmentIn(matter);
  next.set_counsel_id("00000000-0000-7000-9000-000000000002");
  const v1::Appointment second = house.Appoint(next).value();
  const auto end = [&](const v1::Appointment& appointment) {
    return house.Access(appointment.id())->filings_visible_until_us();
  };

  const auto decided = house.Decide(matter, 0, v1::Decision::COMPENSATION, second.counsel_id());
  REQUIRE_OK(decided);
  REQUIRE_OK(house.GainLegalForce(decided->id(), "2026-02-10"));

  CHECK(end(first) == 0);
  CHECK(end(second) > 0);
  CHECK(ReasonOf(house.Decide(matter, 0, v1::Decision::COMPENSATION,
                              "00000000-0000-7000-9000-000000000009")) == "INVALID_REQUEST");
}

TEST_CASE("A source id is a line of at most a hundred characters", "[appointments][postgres]") {
  House house;
  v1::RegisterMatterRequest request = MatterOf({"Amina Testsson"});
  const auto registered = [&](const std::string& source_id) {
    request.set_source_id(source_id);
    return ReasonOf(house.Register(request));
  };
  std::string letters;
  for (int i = 0; i < 100; ++i) letters += "å";

  CHECK(registered("") == "INVALID_REQUEST");
  CHECK(registered(letters + "å") == "INVALID_REQUEST");
  CHECK(registered(std::string("one\0two", 7)) == "INVALID_REQUEST");
  CHECK(registered(letters).empty());
}

}  // namespace
}  // namespace bitrade::appointments
