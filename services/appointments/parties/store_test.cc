#include "services/appointments/parties/store.h"

#include "services/appointments/testing/scene.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using testing::Amina;
using testing::Scene;

constexpr char kNumber[] = "189001019802";
const auto kDisa = PersonId::Trusted("00000000-0000-7000-9000-0000000000d1");
const auto kOther = PersonId::Trusted("00000000-0000-7000-9000-0000000000d2");
const auto kParty = PartyId::Trusted("00000000-0000-7000-a000-000000000001");

Matter MatterOf(Scene& scene, const std::string& type, const std::string& value) {
  ApplicantDetails amina = Amina();
  amina.identifiers.push_back({.type = type, .value = value, .valid_from = {}});
  return scene.Registered(Handling::kDigital, {amina});
}

Helping HelpingOf(const PersonId& person) {
  return {DelegationId::Trusted(person.text()), person, testing::kNow + absl::Hours(24)};
}

void Learn(Scene& scene, const PersonId& person, const std::string& number) {
  scene.Change([&](postgres::Transaction& tx) {
    scene.stores().delegates.Expect(tx, HelpingOf(person));
    scene.stores().delegates.Learn(tx, person, number);
  });
}

std::vector<MatterId> MattersOf(Scene& scene, const PersonId& person) {
  return scene.Read(
      [&](postgres::Transaction& tx) { return scene.stores().parties.MattersOf(tx, person); });
}

TEST_CASE("A delegate is found in the matters in which her number is an applicant's",
          "[appointments][postgres]") {
  Scene scene;
  const std::string type = GENERATE("PERSONNUMMER", "SAMORDNINGSNUMMER");
  const Matter hers = MatterOf(scene, type, kNumber);
  MatterOf(scene, type, "189001012390");
  MatterOf(scene, "DOSSIER_NUMBER", "12-345679");
  Learn(scene, kDisa, kNumber);
  Learn(scene, kOther, "189001012382");

  CHECK(MattersOf(scene, kDisa) == std::vector<MatterId>{hers.id});
  CHECK(MattersOf(scene, kOther).empty());
  CHECK(scene.Read([&](postgres::Transaction& tx) {
    return scene.stores().parties.PersonsIn(tx, hers.id);
  }) == std::vector<PersonId>{kDisa});
}

TEST_CASE("Who was found is not found again, and is told with everything that was",
          "[appointments][postgres]") {
  Scene scene;
  const Matter hers = MatterOf(scene, "PERSONNUMMER", kNumber);
  Learn(scene, kDisa, kNumber);

  scene.Change([&](postgres::Transaction& tx) {
    scene.stores().parties.Insert(tx, {kParty, kDisa, hers.id});
  });

  CHECK(MattersOf(scene, kDisa).empty());
  const auto all =
      scene.Read([&](postgres::Transaction& tx) { return scene.stores().parties.All(tx); });
  REQUIRE(all.size() == 1);
  CHECK(all[0].id == kParty);
  CHECK(all[0].person == kDisa);
  CHECK(all[0].matter == hers.id);
}

TEST_CASE("A delegate is unknown until her number was learnt, and again under a new key",
          "[appointments][postgres]") {
  Scene scene;
  const auto unknown = [&](DelegateStore& delegates) {
    return scene.Read(
        [&](postgres::Transaction& tx) { return delegates.Unknown(tx, testing::kNow); });
  };
  scene.Change(
      [&](postgres::Transaction& tx) { scene.stores().delegates.Expect(tx, HelpingOf(kDisa)); });
  CHECK(unknown(scene.stores().delegates) == std::vector<PersonId>{kDisa});
  Learn(scene, kDisa, kNumber);
  CHECK(unknown(scene.stores().delegates).empty());

  const crypto::Keyring changed{{{"k1", std::string(32, 'k')}, {"k2", std::string(32, 'l')}}};
  DelegateStore later{changed};
  CHECK(unknown(later) == std::vector<PersonId>{kDisa});
  scene.Change([&](postgres::Transaction& tx) { later.Learn(tx, kDisa, kNumber); });

  CHECK(unknown(later).empty());
}

TEST_CASE("No number of a delegate is stored", "[appointments][postgres]") {
  Scene scene;
  Learn(scene, kDisa, kNumber);

  const auto rows = scene.database().Run(
      "SELECT count(*) FROM delegate_hash h WHERE h::text LIKE '%189001019802%' "
      "OR position('189001019802'::bytea IN h.hash) > 0");
  CHECK(rows[0][0].as<int>() == 0);
}

}  // namespace
}  // namespace bitrade::appointments
