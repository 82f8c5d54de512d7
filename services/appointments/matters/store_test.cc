#include "services/appointments/matters/store.h"

#include "services/appointments/testing/scene.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using testing::Scene;

TEST_CASE("A category is one from its first day on", "[appointments][postgres]") {
  Scene scene;
  const auto is_category = [&scene](const char* code, absl::CivilDay day) {
    return scene.Read([&](postgres::Transaction& tx) {
      return scene.stores().matters.HasCategory(tx, code, day);
    });
  };

  CHECK(is_category("ASYLUM_ADULT", testing::kToday));
  CHECK_FALSE(is_category("ASYLUM_ADULT", absl::CivilDay(2017, 12, 31)));
  CHECK_FALSE(is_category("PARKING", testing::kToday));
}

TEST_CASE("A matter's number is taken once", "[appointments][postgres]") {
  Scene scene;
  Matter matter = scene.Registered(Handling::kDigital, {testing::Amina()});
  matter.id = MatterId::Trusted("00000000-0000-7000-a000-000000000001");
  matter.applicants.clear();

  scene.Change(
      [&](postgres::Transaction& tx) { CHECK_FALSE(scene.stores().matters.Insert(tx, matter)); });
}

TEST_CASE("A matter comes back with its applicants, without contact and identifiers",
          "[appointments][postgres]") {
  Scene scene;
  const Matter matter = scene.Registered(Handling::kPaper, {testing::Amina(), testing::Bilal()});

  scene.Change([&](postgres::Transaction& tx) {
    const auto found = scene.stores().matters.Lock(tx, matter.id, testing::kEverywhere);
    REQUIRE(found.has_value());
    CHECK(found->number == matter.number);
    CHECK(found->handling == Handling::kPaper);
    REQUIRE(found->applicants.size() == 2);
    CHECK(found->applicants[0].id == matter.applicants[0].id);
    CHECK_FALSE(found->applicants[0].details.contact.has_value());
    CHECK(found->applicants[0].details.identifiers.empty());
    CHECK_FALSE(found->applicants[1].details.birth_date.has_value());
    CHECK_FALSE(scene.stores()
                    .matters
                    .Lock(tx, MatterId::Trusted("00000000-0000-7000-a000-000000000009"),
                          testing::kEverywhere)
                    .has_value());
  });
}

TEST_CASE("Identifiers are sealed, and found by their keyed hash", "[appointments][postgres]") {
  Scene scene;
  const Matter matter = scene.Registered(Handling::kDigital, {testing::Amina()});

  const pqxx::result rows =
      scene.database().Run("SELECT sealed, hash, hash_key_id FROM identifier ORDER BY position");

  REQUIRE(rows.size() == 2);
  const std::string sealed = postgres::ReadBytes(rows[0][0]);
  CHECK(sealed.find("12-345678") == std::string::npos);
  const std::string associated = matter.applicants[0].id.text() + "/DOSSIER_NUMBER";
  CHECK(*scene.keyring().Open(sealed, associated) == "12-345678");
  CHECK_FALSE(scene.keyring().Open(sealed, "another applicant/DOSSIER_NUMBER").ok());
  CHECK(postgres::ReadBytes(rows[0][1]) == scene.keyring().Hash("DOSSIER_NUMBER/12-345678").hash);
  CHECK(rows[0][2].as<std::string>() == "k1");
}

TEST_CASE("Raised protection erases contact details and keeps the channel",
          "[appointments][postgres]") {
  Scene scene;
  const Matter matter = scene.Registered(Handling::kDigital, {testing::Amina()});

  scene.Change([&](postgres::Transaction& tx) {
    Applicant applicant =
        *scene.stores().matters.LockApplicant(tx, matter.applicants[0].id, testing::kEverywhere);
    applicant.details = *RaiseProtection(applicant.details, ProtectionLevel::kSecrecyMarker,
                                         "asylprovningen@agency.example");
    scene.stores().matters.Protect(tx, applicant);
  });

  const pqxx::result rows = scene.database().Run(
      "SELECT contact_address, contact_phone, contact_email, agency_channel, protection_level FROM "
      "applicant");
  CHECK(rows[0][0].is_null());
  CHECK(rows[0][1].is_null());
  CHECK(rows[0][2].is_null());
  CHECK(rows[0][3].as<std::string>() == "asylprovningen@agency.example");
  CHECK(rows[0][4].as<std::string>() == "SECRECY_MARKER");
}

TEST_CASE("The database itself keeps no contact details of a protected person",
          "[appointments][postgres]") {
  Scene scene;
  scene.Registered(Handling::kDigital, {testing::Bilal()});

  CHECK_THROWS_AS(scene.database().Run("UPDATE applicant SET contact_phone = '+46701740605'"),
                  pqxx::sql_error);
}

}  // namespace
}  // namespace bitrade::appointments
