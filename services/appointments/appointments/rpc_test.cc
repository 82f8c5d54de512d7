// Appointing and seeing, over the wire.
#include <algorithm>
#include <thread>

#include "absl/strings/str_cat.h"
#include "services/appointments/testing/house.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using bitrade::testing::ReasonOf;
using testing::AppointmentIn;
using testing::House;
using testing::MatterOf;

constexpr char kOtherCounsel[] = "00000000-0000-7000-9000-000000000002";

// Asks for all appointments at the same time; returns the reasons, "" for what was appointed.
std::vector<std::string> AppointAtOnce(House& house,
                                       const std::vector<v1::AppointRequest>& requests) {
  std::vector<std::string> reasons(requests.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < requests.size(); ++i) {
    threads.emplace_back(
        [&house, &requests, &reasons, i] { reasons[i] = ReasonOf(house.Appoint(requests[i])); });
  }
  for (std::thread& thread : threads) thread.join();
  std::sort(reasons.begin(), reasons.end());
  return reasons;
}

TEST_CASE("However many appoint at once, the capacity holds", "[appointments][postgres]") {
  House house;
  REQUIRE_OK(house.GetAvailability());
  house.database().Run("UPDATE counsel SET capacity = 3");
  std::vector<v1::AppointRequest> requests;
  for (int i = 0; i < 8; ++i) {
    requests.push_back(AppointmentIn(house.Register(MatterOf({"Amina Testsson"})).value()));
  }

  const std::vector<std::string> reasons = AppointAtOnce(house, requests);

  CHECK(std::count(reasons.begin(), reasons.end(), "") == 3);
  CHECK(std::count(reasons.begin(), reasons.end(), "CAPACITY_REACHED") == 5);
  CHECK(house.List()->total() == 3);
}

TEST_CASE("An applicant gets one counsel, however many are appointed at once",
          "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson"})).value();
  std::vector<v1::AppointRequest> requests = {AppointmentIn(matter), AppointmentIn(matter)};
  requests[1].set_counsel_id(kOtherCounsel);

  CHECK(AppointAtOnce(house, requests) == std::vector<std::string>{"", "ALREADY_APPOINTED"});
}

TEST_CASE("A counsel sees the applicants with their contact details, the list without",
          "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson", "Bilal Testsson"})).value();
  const auto appointed = house.Appoint(AppointmentIn(matter));
  REQUIRE_OK(appointed);

  const auto list = house.List();
  const auto one = house.Get(appointed->id());

  REQUIRE_OK(list);
  REQUIRE(list->appointments_size() == 1);
  CHECK(list->appointments(0).applicants_size() == 2);
  CHECK_FALSE(list->appointments(0).applicants(0).has_contact());
  CHECK(list->next_cursor().empty());
  REQUIRE_OK(one);
  CHECK(one->applicants(0).contact().phone() == "+46701740605");
  CHECK(one->matter_number() == matter.matter_number());
  CHECK(one->state() == v1::Appointment::APPOINTED);
  CHECK_FALSE(one->has_visible_until_time());
}

TEST_CASE("What is foreign, on paper or not there is not found", "[appointments][postgres]") {
  House house;
  v1::RegisterMatterRequest paper = MatterOf({"Paula Pappersson"});
  paper.set_handling(v1::PAPER);
  const auto on_paper = house.Appoint(AppointmentIn(house.Register(paper).value()));
  v1::AppointRequest request = AppointmentIn(house.Register(MatterOf({"Amina Testsson"})).value());
  request.set_counsel_id(kOtherCounsel);
  const auto foreign = house.Appoint(request);
  REQUIRE_OK(on_paper);
  REQUIRE_OK(foreign);

  CHECK(ReasonOf(house.Get(on_paper->id())) == "NOT_FOUND");
  CHECK(ReasonOf(house.Get(foreign->id())) == "NOT_FOUND");
  CHECK(ReasonOf(house.Get("0190f5a2-7c3e-7b1d-8f00-0123456789ab")) == "NOT_FOUND");
  CHECK(ReasonOf(house.Get("no id")) == "INVALID_REQUEST");
  CHECK(house.List()->total() == 0);
  CHECK_FALSE(house.Access(on_paper->id())->digital());
}

TEST_CASE("A list is audited with every appointment in it", "[appointments][postgres]") {
  House house;
  for (int i = 0; i < 3; ++i) {
    REQUIRE_OK(house.Appoint(AppointmentIn(house.Register(MatterOf({"Amina Testsson"})).value())));
  }

  REQUIRE_OK(house.List());

  const pqxx::result rows = house.database().Run(
      "SELECT actor, acting_for, ground, cardinality(object_ids), object_ids <@ ARRAY(SELECT id "
      "FROM "
      "appointment) FROM audit WHERE rpc LIKE '%/ListAppointments'");
  REQUIRE(rows.size() == 1);
  CHECK(std::string(rows[0][0].c_str()) == "00000000-0000-7000-9000-000000000001");
  CHECK(std::string(rows[0][2].c_str()) == "COUNSEL");
  CHECK(rows[0][3].as<int>() == 3);
  CHECK(rows[0][4].as<bool>());
}

TEST_CASE("A source id gives the first answer again, and refuses other content",
          "[appointments][postgres]") {
  House house;
  v1::AppointRequest request = AppointmentIn(house.Register(MatterOf({"Amina Testsson"})).value());
  const auto first = house.Appoint(request);
  REQUIRE_OK(first);

  const auto again = house.Appoint(request);

  REQUIRE_OK(again);
  CHECK(again->SerializeAsString() == first->SerializeAsString());
  request.set_requested_by_applicant(true);
  CHECK(ReasonOf(house.Appoint(request)) == "SOURCE_ID_REUSED");
}

TEST_CASE("Whom the register does not list is not appointed, and says why",
          "[appointments][postgres]") {
  House house;
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson"})).value();
  const auto refused = [&](const char* listing) {
    house.registry_database().Run(
        absl::StrCat("UPDATE counsel SET version = version + 1, listing = '", listing, "'"));
    return ReasonOf(house.Appoint(AppointmentIn(matter)));
  };

  CHECK(refused("REMOVED") == "COUNSEL_NOT_ELIGIBLE");
  CHECK(refused("INELIGIBLE") == "COUNSEL_NOT_ELIGIBLE");
  CHECK(refused("ON_REQUEST_ONLY") == "COUNSEL_ON_REQUEST_ONLY");
  v1::AppointRequest unknown = AppointmentIn(matter);
  unknown.set_counsel_id("00000000-0000-7000-9000-000000000009");
  CHECK(ReasonOf(house.Appoint(unknown)) == "NOT_FOUND");
  CHECK(refused("LISTED").empty());
}

TEST_CASE("An appointment says which version of the counsel's record it was checked against",
          "[appointments][postgres]") {
  House house;
  REQUIRE_OK(house.GetAvailability());
  const v1::Matter matter = house.Register(MatterOf({"Amina Testsson"})).value();
  // An event has told of a newer version than the one that registry was asked for.
  house.database().Run("UPDATE counsel SET register_version = 7");

  REQUIRE_OK(house.Appoint(AppointmentIn(matter)));

  CHECK(house.database().Run("SELECT register_version FROM appointment")[0][0].as<int>() == 7);
}

TEST_CASE("A release ends sight with the fourteenth day, and contact details at once",
          "[appointments][postgres]") {
  House house;
  const auto appointed =
      house.Appoint(AppointmentIn(house.Register(MatterOf({"Amina Testsson"})).value()));
  REQUIRE_OK(appointed);

  const auto released = house.Release(appointed->id(), "2026-02-17");

  REQUIRE_OK(released);
  CHECK(released->state() == v1::Appointment::RELEASED);
  const auto seen = house.Get(appointed->id());
  REQUIRE_OK(seen);
  CHECK_FALSE(seen->applicants(0).has_contact());
  // The end of 3 March 2026 in Stockholm; the test stands on 2 March.
  CHECK(seen->visible_until_time().seconds() == 1'772'578'800);
  CHECK(ReasonOf(house.Release(appointed->id(), "2026-02-17")) == "APPOINTMENT_NOT_APPOINTED");
  const auto access = house.Access(appointed->id());
  CHECK(access->version() == 2);
  CHECK(access->released_us() == 1'771'282'800'000'000);
}

TEST_CASE("A case system sees nothing through the counsel's door", "[appointments][postgres]") {
  House house;
  const auto stub = v1::AppointmentService::NewStub(house.agency().channel());

  const auto list = house.agency().Call(*stub, &v1::AppointmentService::Stub::ListAppointments,
                                        v1::ListAppointmentsRequest());

  CHECK(bitrade::testing::CodeOf(list) == absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace bitrade::appointments
