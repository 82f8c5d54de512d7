#include "services/appointments/domain/matter.h"

#include <functional>
#include <string>

#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

using bitrade::testing::ReasonOf;

constexpr absl::CivilDay kToday(2026, 3, 2);

ApplicantDetails Amina() {
  return {.name = "Amina Testsson",
          .birth_date = absl::CivilDay(1990, 5, 17),
          .citizenships = {"SY"},
          .languages = {"ar"},
          .contact = Contact{.address = "Lilla gatan 2, 211 22 Malmö",
                             .phone = "+46701740605",
                             .email = "amina@exempel.example"},
          .agency_channel = "",
          .identifiers = {{.type = "DOSSIER_NUMBER", .value = "12-345678", .valid_from = {}}}};
}

ApplicantDetails Bilal() {
  ApplicantDetails details = Amina();
  details.protection = ProtectionLevel::kProtectedRegistration;
  details.contact.reset();
  details.agency_channel = "asylprovningen.malmo@agency.example";
  return details;
}

MatterDetails MatterOf(std::vector<ApplicantDetails> applicants) {
  return {.number = "12-345678",
          .category = "ASYLUM_ADULT",
          .authority = "MIGRATION_AGENCY",
          .instance = "FIRST",
          .applicants = std::move(applicants)};
}

std::string FirstFault(const MatterDetails& details) {
  const auto violations = DetailsOf(CheckMatter(details, kToday)).violations;
  return violations.empty() ? "" : violations[0].field;
}

TEST_CASE("A matter with an open and a protected applicant passes", "[appointments][domain]") {
  CHECK(CheckMatter(MatterOf({Amina(), Bilal()}), kToday).ok());
}

TEST_CASE("Contact details of a protected person are refused, whatever the level",
          "[appointments][domain]") {
  ApplicantDetails details = Amina();
  details.agency_channel = "asylprovningen.malmo@agency.example";
  details.protection =
      GENERATE(ProtectionLevel::kSecrecyMarker, ProtectionLevel::kProtectedRegistration,
               ProtectionLevel::kAssumedIdentity);

  CHECK(ReasonOf(CheckMatter(MatterOf({details}), kToday)) == "PROTECTED_CONTACT_REFUSED");
}

TEST_CASE("Even an empty contact of a protected person is refused", "[appointments][domain]") {
  ApplicantDetails details = Bilal();
  details.contact = Contact{};

  CHECK(ReasonOf(CheckMatter(MatterOf({details}), kToday)) == "PROTECTED_CONTACT_REFUSED");
}

TEST_CASE("A protected person is reached through the agency", "[appointments][domain]") {
  ApplicantDetails details = Bilal();
  details.agency_channel.clear();

  CHECK(FirstFault(MatterOf({Amina(), details})) == "applicants[1].agency_channel");
}

TEST_CASE("Each fault of a matter is told by its field", "[appointments][domain]") {
  struct Fault {
    const char* field;
    std::function<void(MatterDetails&)> spoil;
  };
  const Fault fault =
      GENERATE(Fault{"matter_number", [](auto& m) { m.number = std::string(41, '1'); }},
               Fault{"category", [](auto& m) { m.category = "asylum"; }},
               Fault{"authority", [](auto& m) { m.authority = ""; }},
               Fault{"instance", [](auto& m) { m.instance = "SUPREME_COURT"; }},
               Fault{"applicants", [](auto& m) { m.applicants.clear(); }},
               Fault{"applicants", [](auto& m) { m.applicants.assign(51, Amina()); }});
  MatterDetails details = MatterOf({Amina()});
  fault.spoil(details);

  CHECK(FirstFault(details) == fault.field);
}

TEST_CASE("Each fault of an applicant is told by its place and field", "[appointments][domain]") {
  struct Fault {
    const char* field;
    std::function<void(ApplicantDetails&)> spoil;
  };
  const Fault fault =
      GENERATE(Fault{"name", [](auto& a) { a.name = ""; }},
               Fault{"birth_date", [](auto& a) { a.birth_date = kToday + 1; }},
               Fault{"citizenships", [](auto& a) { a.citizenships = {"Syrien"}; }},
               Fault{"languages",
                     [](auto& a) {
                       a.languages = {"ar", "ar"};
                     }},
               Fault{"contact.phone", [](auto& a) { a.contact->phone = "070"; }},
               Fault{"contact.email", [](auto& a) { a.contact->email = "amina"; }},
               Fault{"contact.address", [](auto& a) { a.contact->address = "a\tb"; }},
               Fault{"identifiers[0]", [](auto& a) { a.identifiers[0].value = "12345678"; }},
               Fault{"identifiers[0]", [](auto& a) { a.identifiers[0].type = "PASSPORT"; }});
  MatterDetails details = MatterOf({Amina(), Amina()});
  fault.spoil(details.applicants[1]);

  CHECK(FirstFault(details) == std::string("applicants[1].") + fault.field);
}

TEST_CASE("Identifiers have the format of their type", "[appointments][domain]") {
  const auto fault = [](const char* type, const char* value) {
    ApplicantDetails details = Amina();
    details.identifiers = {{.type = type, .value = value, .valid_from = {}}};
    return FirstFault(MatterOf({details}));
  };

  CHECK(fault("LMA_NUMBER", "12-345678/1").empty());
  CHECK(fault("PERSONNUMMER", "198112189876").empty());
  CHECK(fault("SAMORDNINGSNUMMER", "197010632391").empty());
  CHECK(fault("LMA_NUMBER", "12-345678") == "applicants[0].identifiers[0]");
  CHECK(fault("PERSONNUMMER", "197010632391") == "applicants[0].identifiers[0]");
  CHECK(fault("SAMORDNINGSNUMMER", "198112189876") == "applicants[0].identifiers[0]");
  CHECK(fault("PERSONNUMMER", "198112189877") == "applicants[0].identifiers[0]");
  CHECK(fault("PERSONNUMMER", "811218-9876") == "applicants[0].identifiers[0]");
}

TEST_CASE("Raised protection leaves nothing but the way through the agency",
          "[appointments][domain]") {
  const auto raised = RaiseProtection(Amina(), ProtectionLevel::kSecrecyMarker, "the.agency@x.se");

  REQUIRE_OK(raised);
  CHECK(raised->protection == ProtectionLevel::kSecrecyMarker);
  CHECK_FALSE(raised->contact.has_value());
  CHECK(raised->agency_channel == "the.agency@x.se");
}

TEST_CASE("Protection is not lowered, and never without a way through the agency",
          "[appointments][domain]") {
  const auto refused = [](const ApplicantDetails& details, ProtectionLevel level,
                          const char* channel) {
    return ReasonOf(RaiseProtection(details, level, channel)) == "INVALID_REQUEST";
  };

  CHECK(refused(Bilal(), ProtectionLevel::kSecrecyMarker, "the.agency@x.se"));
  CHECK(refused(Amina(), ProtectionLevel::kUnprotected, "the.agency@x.se"));
  CHECK(refused(Amina(), ProtectionLevel::kAssumedIdentity, ""));
  CHECK_FALSE(refused(Bilal(), ProtectionLevel::kProtectedRegistration, "other@x.se"));
}

}  // namespace
}  // namespace bitrade::appointments
