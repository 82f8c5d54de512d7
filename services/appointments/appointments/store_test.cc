#include "services/appointments/appointments/store.h"

#include "migrations/appointments_schema.h"
#include "services/appointments/testing/scene.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using testing::Scene;

const absl::Time kEnd = testing::kNow + absl::Hours(24 * 30);

TEST_CASE("A list shows what is the counsel's, digital and visible at the instant",
          "[appointments][postgres]") {
  Scene scene;
  const Appointment open = scene.Appointed({});
  const Appointment ending = scene.Appointed({.visible_until = kEnd});
  scene.Appointed({.handling = Handling::kPaper});
  scene.Appointed({.counsel = testing::OtherCounsel()});

  const AppointmentPage before = scene.List(kEnd - absl::Microseconds(1));
  const AppointmentPage after = scene.List(kEnd);

  CHECK(testing::IdsOf(before) == std::vector{ending.id, open.id});
  CHECK(before.total == 2);
  CHECK(testing::IdsOf(after) == std::vector{open.id});
  CHECK(after.total == 1);
}

TEST_CASE("A list shows every applicant in the matter's order, and how none can be reached",
          "[appointments][postgres]") {
  Scene scene;
  scene.Appointed({.applicants = {testing::Amina(), testing::Bilal()}});

  const AppointmentPage page = scene.List(testing::kNow);

  REQUIRE(page.appointments.size() == 1);
  const Appointment& shown = page.appointments[0];
  CHECK(shown.matter_number == "12-000001");
  CHECK(shown.category == "ASYLUM_ADULT");
  CHECK(shown.appointed_date == testing::kAppointed);
  REQUIRE(shown.applicants.size() == 2);
  const ApplicantDetails& amina = shown.applicants[0].details;
  CHECK(amina.name == "Amina Testsson");
  CHECK(amina.birth_date == absl::CivilDay(1990, 5, 17));
  CHECK(amina.citizenships == std::vector<std::string>{"SY", "IQ"});
  CHECK(amina.languages == std::vector<std::string>{"ar"});
  CHECK_FALSE(amina.contact.has_value());
  CHECK(amina.identifiers.empty());
  CHECK(shown.applicants[1].details.protection == ProtectionLevel::kProtectedRegistration);
  CHECK(shown.applicants[1].details.agency_channel == "asylprovningen@agency.example");
}

TEST_CASE("Pages go on after the last row seen, and tell the total even when they are empty",
          "[appointments][postgres]") {
  Scene scene;
  std::vector<AppointmentId> newest_first;
  for (int i = 0; i < 5; ++i) {
    newest_first.insert(newest_first.begin(),
                        scene.Appointed({.applicants = {testing::Amina(), testing::Bilal()}}).id);
  }
  const auto page = [&scene](int limit, int offset, const AppointmentId& before) {
    return scene.Read([&](postgres::Transaction& tx) {
      return *scene.stores().appointments.List(tx, {testing::Astrid().text(), testing::kNow},
                                               {limit, offset, before});
    });
  };
  const auto ids = [&](size_t from, size_t to) {
    return std::vector(newest_first.begin() + static_cast<ptrdiff_t>(from),
                       newest_first.begin() + static_cast<ptrdiff_t>(to));
  };

  const AppointmentPage first = page(2, 0, testing::kGreatest);
  CHECK(testing::IdsOf(first) == ids(0, 2));
  CHECK(first.more);
  CHECK(testing::IdsOf(page(2, 2, testing::kGreatest)) == ids(2, 4));
  const AppointmentPage last = page(2, 0, newest_first[3]);
  CHECK(testing::IdsOf(last) == ids(4, 5));
  CHECK_FALSE(last.more);
  CHECK(last.total == 5);
  const AppointmentPage beyond = page(2, 10, testing::kGreatest);
  CHECK(beyond.appointments.empty());
  CHECK(beyond.total == 5);
}

TEST_CASE("One appointment is found by its counsel alone, on no paper, before its end",
          "[appointments][postgres]") {
  Scene scene;
  const Appointment mine = scene.Appointed({.visible_until = kEnd});
  const Appointment paper = scene.Appointed({.handling = Handling::kPaper});
  const auto found = [&scene](const CounselId& counsel, absl::Time now, const AppointmentId& id) {
    return scene
        .Read([&](postgres::Transaction& tx) {
          return scene.stores().appointments.Find(tx, {counsel.text(), now}, id);
        })
        .has_value();
  };

  CHECK(found(testing::Astrid(), testing::kNow, mine.id));
  CHECK_FALSE(found(testing::OtherCounsel(), testing::kNow, mine.id));
  CHECK_FALSE(found(testing::Astrid(), kEnd, mine.id));
  CHECK_FALSE(found(testing::Astrid(), testing::kNow, paper.id));
}

TEST_CASE("Contact details are shown while the appointment is in force, and not after a release",
          "[appointments][postgres]") {
  Scene scene;
  const Appointment appointed = scene.Appointed({});
  const auto contact = [&] {
    return scene
        .Read([&](postgres::Transaction& tx) {
          return scene.stores().appointments.Find(tx, {testing::Astrid().text(), testing::kNow},
                                                  appointed.id);
        })
        ->applicants[0]
        .details.contact;
  };
  REQUIRE(contact().has_value());
  CHECK(contact()->phone == "+46701740605");

  scene.Change([&](postgres::Transaction& tx) {
    Appointment released =
        *scene.stores().appointments.Lock(tx, appointed.id, testing::kEverywhere);
    released.state = State::kReleased;
    released.released_date = testing::kToday;
    released.visible_until = kEnd;
    Touch(released, testing::kNow);
    scene.stores().appointments.Release(tx, released, "Flyttat till annan ort");
  });

  CHECK_FALSE(contact().has_value());
}

TEST_CASE("A release's reason is kept sealed", "[appointments][postgres]") {
  Scene scene;
  const Appointment appointed = scene.Appointed({});
  scene.Change([&](postgres::Transaction& tx) {
    Appointment released =
        *scene.stores().appointments.Lock(tx, appointed.id, testing::kEverywhere);
    released.state = State::kReleased;
    released.released_date = testing::kToday;
    scene.stores().appointments.Release(tx, released, "Sjukdom");
  });

  const pqxx::result rows = scene.database().Run(
      "SELECT position('Sjukdom'::bytea IN release_reason), state FROM appointment");
  CHECK(rows[0][0].as<int>() == 0);
  CHECK(std::string(rows[0][1].c_str()) == "RELEASED");
}

TEST_CASE("Access facts are told of every appointment, seen or not", "[appointments][postgres]") {
  Scene scene;
  const Appointment paper = scene.Appointed({.handling = Handling::kPaper, .visible_until = kEnd});

  const auto facts = scene.Read(
      [&](postgres::Transaction& tx) { return scene.stores().appointments.Access(tx, paper.id); });

  REQUIRE(facts.has_value());
  CHECK_FALSE(facts->digital);
  CHECK(facts->visible_until == kEnd);
  CHECK(facts->counsel == testing::Astrid());
  CHECK_FALSE(facts->released.has_value());
  CHECK_FALSE(facts->filings_visible_until.has_value());
  CHECK(scene.Read([&](postgres::Transaction& tx) { return scene.stores().appointments.All(tx); })
            .size() == 1);
}

}  // namespace
}  // namespace bitrade::appointments
