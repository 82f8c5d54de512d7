// What a delegate sees and does of a counsel's, over the wire: no more than the counsel lets her.
#include "absl/strings/str_cat.h"
#include "services/appointments/testing/house.h"
#include "services/appointments/testing/scene.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using bitrade::testing::ReasonOf;
using testing::AppointmentIn;
using testing::House;
using testing::MatterOf;

v1::Appointment Appointed(House& house) {
  return house.Appoint(AppointmentIn(house.Register(MatterOf({"Amina Testsson"})).value())).value();
}

TEST_CASE("A delegate with the scope sees the counsel's appointments and whom to call",
          "[appointments][postgres]") {
  House house;
  const v1::Appointment appointed = Appointed(house);
  house.LetDelegate({"appointments:read"});
  house.LogInDelegate();

  const auto list = house.List();
  REQUIRE_OK(list);
  CHECK(list->total() == 1);
  const auto found = house.Get(appointed.id());
  REQUIRE_OK(found);
  CHECK(found->applicants(0).contact().phone() == "+46701740605");
}

TEST_CASE("A delegate without the scope sees nothing, whatever else is allowed",
          "[appointments][postgres]") {
  House house;
  const v1::Appointment appointed = Appointed(house);
  house.LetDelegate({"availability:write", "documents:read", "drafts:write"});
  house.LogInDelegate();

  CHECK(ReasonOf(house.List()) == "PERMISSION_DENIED");
  CHECK(ReasonOf(house.Get(appointed.id())) == "NOT_FOUND");
}

TEST_CASE("Nobody acts for a counsel who has not let him", "[appointments][postgres]") {
  House house;
  const v1::Appointment appointed = Appointed(house);
  house.LogInDelegate();

  CHECK(ReasonOf(house.List()) == "PERMISSION_DENIED");
  CHECK(ReasonOf(house.Get(appointed.id())) == "NOT_FOUND");
  CHECK(ReasonOf(house.GetAvailability()) == "PERMISSION_DENIED");
  CHECK(ReasonOf(house.SetAvailability(v1::Availability::TAKES_NONE, "1")) == "PERMISSION_DENIED");
}

TEST_CASE("Whoever is counsel in a matter sees it as nobody's delegate",
          "[appointments][postgres]") {
  House house;
  const v1::Appointment open = Appointed(house);
  const v1::Appointment shared = Appointed(house);
  house.LetDelegate({"appointments:read"});
  house.database().Run(absl::StrCat(
      "INSERT INTO counsel (id, register_version, listing, update_time) VALUES ('",
      testing::kDelegate,
      "', 1, 'LISTED', '2026-01-01'); INSERT INTO appointment SELECT "
      "'00000000-0000-7000-8000-0000000000ff', matter_id, '",
      testing::kDelegate,
      "', 1, false, true, appointed_date, 'APPOINTED', NULL, NULL, visible_until, "
      "filings_visible_until, 1, create_time, update_time FROM appointment WHERE id = '",
      shared.id(), "'"));
  house.LogInDelegate();

  const auto list = house.List();

  REQUIRE_OK(list);
  CHECK(list->total() == 1);
  REQUIRE(list->appointments_size() == 1);
  CHECK(list->appointments(0).id() == open.id());
  CHECK(ReasonOf(house.Get(shared.id())) == "NOT_FOUND");
}

TEST_CASE("Whoever is party in a matter sees it as nobody's delegate", "[appointments][postgres]") {
  House house;
  const v1::Appointment open = Appointed(house);
  const v1::Appointment hers = Appointed(house);
  house.LetDelegate({"appointments:read"});
  house.database().Run(absl::StrCat(
      "INSERT INTO party SELECT '00000000-0000-7000-a000-000000000001', '", testing::kDelegate,
      "', matter_id FROM appointment WHERE id = '", hers.id(), "'"));
  house.LogInDelegate();

  const auto list = house.List();

  REQUIRE_OK(list);
  CHECK(list->total() == 1);
  REQUIRE(list->appointments_size() == 1);
  CHECK(list->appointments(0).id() == open.id());
  CHECK(ReasonOf(house.Get(hers.id())) == "NOT_FOUND");
  CHECK(house.Access(open.id())->parties_size() == 0);
  const auto access = house.Access(hers.id());
  REQUIRE(access->parties_size() == 1);
  CHECK(access->parties(0).person_id() == testing::kDelegate);
}

TEST_CASE("A delegate sets the counsel's availability, in her own name",
          "[appointments][postgres]") {
  House house;
  house.LetDelegate({"availability:write"});
  house.LogInDelegate();
  const auto before = house.GetAvailability();
  REQUIRE_OK(before);

  REQUIRE_OK(house.SetAvailability(v1::Availability::TAKES_NONE, before->etag()));

  const auto event = house.database().Run(
      "SELECT actor, on_behalf_of, aggregate_id FROM event WHERE kind = 'AVAILABILITY_CHANGED'");
  REQUIRE(event.size() == 1);
  CHECK(event[0][0].as<std::string>() == testing::kDelegate);
  CHECK(event[0][1].as<std::string>() == testing::Astrid().text());
  CHECK(event[0][2].as<std::string>() == testing::Astrid().text());
  const auto audit = house.database().Run(
      "SELECT actor, acting_for, ground, circumstances ->> 'changed' FROM audit WHERE rpc LIKE "
      "'%UpdateAvailability'");
  REQUIRE(audit.size() == 1);
  CHECK(audit[0][0].as<std::string>() == testing::kDelegate);
  CHECK(audit[0][1].as<std::string>() == testing::Astrid().text());
  CHECK(audit[0][2].as<std::string>() == "DELEGATE");
  CHECK(audit[0][3].as<std::string>() == "status");
  house.LogIn(testing::Astrid().text());
  CHECK(house.GetAvailability()->status() == v1::Availability::TAKES_NONE);
}

TEST_CASE("A counsel's own event names nobody else", "[appointments][postgres]") {
  House house;
  const auto before = house.GetAvailability();
  REQUIRE_OK(house.SetAvailability(v1::Availability::TAKES_NONE, before->etag()));

  CHECK(house.database().Run("SELECT 1 FROM event WHERE on_behalf_of IS NOT NULL").empty());
}

TEST_CASE("While registry is away a delegate is told so, and the counsel notices nothing",
          "[appointments][postgres]") {
  House house;
  Appointed(house);
  house.LetDelegate({"appointments:read"});
  house.StopRegistry();

  CHECK(house.List()->total() == 1);
  house.LogInDelegate();
  CHECK(ReasonOf(house.List()) == "UNAVAILABLE");
}

}  // namespace
}  // namespace bitrade::appointments
