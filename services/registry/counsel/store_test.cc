#include "services/registry/counsel/store.h"

#include "migrations/registry_schema.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::registry {
namespace {

Counsel Astrid() {
  return {.id = CounselId::Trusted("00000000-0000-7000-8000-000000000001"),
          .details = {.name = "Astrid Exempelsson",
                      .qualification = Qualification::kAssociate,
                      .contact = Contact{.workplace = {.street = "Storgatan 1",
                                                       .postal_code = "11122",
                                                       .city = "Stockholm"},
                                         .phone = "+46812345678",
                                         .email = "astrid@exempel.example"},
                      .agency_channel = "",
                      .languages = {"sv", "ar"},
                      .f_tax = true,
                      .vat_number = ""},
          .listing = Listing::kOnRequestOnly,
          .create_time = absl::FromUnixSeconds(1'800'000'000),
          .update_time = absl::FromUnixSeconds(1'800'000'000)};
}

Counsel Protected() {
  Counsel counsel = Astrid();
  counsel.details.protection = ProtectionLevel::kSecrecyMarker;
  counsel.details.contact.reset();
  counsel.details.agency_channel = "offentligabitraden@agency.example";
  return counsel;
}

std::optional<Counsel> Stored(testing::Database& database, const Counsel& counsel) {
  CounselStore store;
  std::optional<Counsel> found;
  REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
    CHECK(store.Insert(tx, counsel));
    found = store.Find(tx, counsel.id);
    return absl::OkStatus();
  }));
  return found;
}

TEST_CASE("A counsel comes back as entered", "[registry][postgres]") {
  testing::Database database(registry_schema());

  const std::optional<Counsel> found = Stored(database, Astrid());

  REQUIRE(found.has_value());
  CHECK(found->details.name == Astrid().details.name);
  CHECK(found->details.languages == Astrid().details.languages);
  CHECK(found->details.qualification == Qualification::kAssociate);
  REQUIRE(found->details.contact.has_value());
  CHECK(found->details.contact->workplace.postal_code == "11122");
  CHECK(found->details.contact->email == "astrid@exempel.example");
  CHECK(found->listing == Listing::kOnRequestOnly);
  CHECK(found->update_time == Astrid().update_time);
}

TEST_CASE("A protected counsel comes back with the agency channel alone", "[registry][postgres]") {
  testing::Database database(registry_schema());

  const std::optional<Counsel> found = Stored(database, Protected());

  REQUIRE(found.has_value());
  CHECK(found->details.protection == ProtectionLevel::kSecrecyMarker);
  CHECK_FALSE(found->details.contact.has_value());
  CHECK(found->details.agency_channel == "offentligabitraden@agency.example");
}

TEST_CASE("The database itself refuses the whereabouts of a protected counsel",
          "[registry][postgres]") {
  testing::Database database(registry_schema());
  Stored(database, Protected());

  CHECK_THROWS(database.Run("UPDATE counsel SET email = 'astrid@exempel.example'"));
  CHECK_THROWS(database.Run("UPDATE counsel SET agency_channel = ''"));
  CHECK_THROWS(database.Run("UPDATE counsel SET protection_level = 'UNPROTECTED'"));
}

TEST_CASE("A person is entered once, and nobody else is found", "[registry][postgres]") {
  testing::Database database(registry_schema());
  CounselStore store;
  Stored(database, Astrid());

  REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
    CHECK_FALSE(store.Insert(tx, Astrid()));
    CHECK_FALSE(
        store.Find(tx, CounselId::Trusted("00000000-0000-7000-8000-000000000002")).has_value());
    REQUIRE(store.Standings(tx).size() == 1);
    CHECK(store.Standings(tx)[0].listing == Listing::kOnRequestOnly);
    CHECK(store.Standings(tx)[0].version == 1);
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace bitrade::registry
