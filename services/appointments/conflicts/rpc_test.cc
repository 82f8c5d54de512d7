// Conflicts of interest and flags, over the wire.
#include <set>

#include "services/appointments/testing/house.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using bitrade::testing::ReasonOf;
using testing::AppointmentIn;
using testing::House;
using testing::MatterOf;

constexpr char kOtherCounsel[] = "00000000-0000-7000-9000-000000000002";

// For one applicant of a matter alone.
v1::AppointRequest AppointmentOf(const v1::Matter& matter, int applicant) {
  v1::AppointRequest request = AppointmentIn(matter);
  request.clear_applicant_ids();
  request.add_applicant_ids(matter.applicants(applicant).id());
  return request;
}

TEST_CASE("One counsel is not appointed for applicants whose interests are opposed",
          "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson", "Bilal Testsson"})).value();
  REQUIRE_OK(house.Oppose(matter, 0, 1));

  CHECK(ReasonOf(house.Appoint(AppointmentIn(matter))) == "CONFLICT_OF_INTEREST");
  REQUIRE_OK(house.Appoint(AppointmentOf(matter, 0)));
  CHECK(ReasonOf(house.Appoint(AppointmentOf(matter, 1))) == "CONFLICT_OF_INTEREST");
  v1::AppointRequest another = AppointmentOf(matter, 1);
  another.set_counsel_id(kOtherCounsel);
  CHECK(ReasonOf(house.Appoint(another)).empty());
}

TEST_CASE("Whoever was released from one side is not appointed for the other",
          "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson", "Bilal Testsson"})).value();
  const auto appointed = house.Appoint(AppointmentOf(matter, 0));
  REQUIRE_OK(appointed);
  REQUIRE_OK(house.Release(appointed->id(), "2026-02-17"));
  CHECK(house.Oppose(matter, 1, 0)->flagged_appointment_ids().empty());

  CHECK(ReasonOf(house.Appoint(AppointmentOf(matter, 1))) == "CONFLICT_OF_INTEREST");
}

TEST_CASE("A family without a conflict has one counsel, and a conflict of another matter is none",
          "[appointments][postgres]") {
  House house;
  const v1::Matter other = house.Register(MatterOf({"Amina Testsson", "Bilal Testsson"})).value();
  REQUIRE_OK(house.Oppose(other, 0, 1));

  CHECK(house.Appoint(AppointmentIn(house.Register(MatterOf({"Carl", "Dina"})).value())).ok());
}

TEST_CASE("A conflict that is recorded late flags the appointment and shows it to its authority",
          "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson", "Bilal Testsson"})).value();
  const auto appointed = house.Appoint(AppointmentIn(matter));
  REQUIRE_OK(appointed);
  CHECK(house.ListFlagged("")->appointments_size() == 0);

  const auto conflict = house.Oppose(matter, 0, 1);

  REQUIRE_OK(conflict);
  REQUIRE(conflict->flagged_appointment_ids_size() == 1);
  CHECK(conflict->flagged_appointment_ids(0) == appointed->id());
  CHECK(house.Oppose(matter, 1, 0)->id() == conflict->id());
  const auto listed = house.ListFlagged("");
  REQUIRE_OK(listed);
  REQUIRE(listed->appointments_size() == 1);
  CHECK(listed->appointments(0).appointment_id() == appointed->id());
  REQUIRE(listed->appointments(0).flags_size() == 1);
  CHECK(listed->appointments(0).flags(0).kind() == v1::Flag::CONFLICT_OF_INTEREST);
  CHECK(house.database()
            .Run("SELECT count(*) FROM event WHERE aggregate = 'appointment_flag' AND kind = "
                 "'RAISED'")[0][0]
            .as<int>() == 1);
  house.CallAsPolice();
  CHECK(house.ListFlagged("")->appointments_size() == 0);
  CHECK(ReasonOf(house.Oppose(matter, 0, 1)) == "NOT_FOUND");
}

TEST_CASE("A cursor leads through all flagged appointments, and a release takes one from the list",
          "[appointments][postgres]") {
  House house;
  std::set<std::string> flagged;
  for (int i = 0; i < 3; ++i) {
    const v1::Matter matter = house.Register(MatterOf({"Amina", "Bilal"})).value();
    flagged.insert(house.Appoint(AppointmentIn(matter))->id());
    REQUIRE_OK(house.Oppose(matter, 0, 1));
  }

  std::set<std::string> seen;
  std::string cursor;
  do {
    const auto page = house.ListFlagged(cursor, 2);
    REQUIRE_OK(page);
    CHECK(page->appointments_size() <= 2);
    for (const auto& one : page->appointments()) seen.insert(one.appointment_id());
    cursor = page->next_cursor();
  } while (!cursor.empty());

  CHECK(seen == flagged);
  CHECK(ReasonOf(house.ListFlagged("nonsense")) == "CURSOR_INVALID");
  REQUIRE_OK(house.Release(*flagged.begin(), "2026-02-17"));
  CHECK(house.ListFlagged("")->appointments_size() == 2);
}

TEST_CASE("A conflict that is withdrawn stops nobody, lowers its flag, and can be recorded again",
          "[appointments][postgres]") {
  House house;
  const v1::Matter matter =
      house.Register(MatterOf({"Amina Testsson", "Bilal Testsson", "Carl Testsson"})).value();
  const auto appointed = house.Appoint(AppointmentIn(matter));
  REQUIRE_OK(appointed);
  const auto first = house.Oppose(matter, 0, 1);
  const auto second = house.Oppose(matter, 1, 2);
  REQUIRE_OK(first);
  REQUIRE_OK(second);

  REQUIRE_OK(house.Withdraw(first->id()));
  CHECK(house.ListFlagged("")->appointments_size() == 1);  // the other stands
  const auto withdrawn = house.Withdraw(second->id());

  REQUIRE_OK(withdrawn);
  CHECK(withdrawn->has_withdrawn_time());
  CHECK(house.Withdraw(second->id())->SerializeAsString() == withdrawn->SerializeAsString());
  CHECK(house.ListFlagged("")->appointments_size() == 0);
  const auto again = house.Oppose(matter, 0, 1);
  REQUIRE_OK(again);
  CHECK(again->id() != first->id());
  CHECK(house.ListFlagged("")->appointments_size() == 1);
  CHECK(house.database()
            .Run("SELECT count(*) FROM event WHERE aggregate = 'appointment_flag'")[0][0]
            .as<int>() == 3);
  house.CallAsPolice();
  CHECK(ReasonOf(house.Withdraw(again->id())) == "NOT_FOUND");
}

TEST_CASE("A conflict is between two applicants of the matter", "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson", "Bilal Testsson"})).value();
  v1::Matter mixed = house.Register(MatterOf({"Carl Testsson"})).value();
  mixed.set_id(matter.id());
  *mixed.add_applicants() = matter.applicants(0);

  CHECK(ReasonOf(house.Oppose(matter, 0, 0)) == "INVALID_REQUEST");
  CHECK(ReasonOf(house.Oppose(mixed, 0, 1)) == "NOT_FOUND");
}

}  // namespace
}  // namespace bitrade::appointments
