#include "services/registry/domain/counsel.h"

#include <functional>
#include <string>

#include "services/common/testing/catch.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::ReasonOf;

CounselDetails Astrid() {
  return {.name = "Astrid Exempelsson",
          .contact = Contact{.workplace = {.street = "Storgatan 1",
                                           .postal_code = "11122",
                                           .city = "Stockholm"},
                             .phone = "+46812345678",
                             .email = "astrid@exempel.example"},
          .agency_channel = "",
          .languages = {"sv", "ar"},
          .f_tax = true,
          .vat_number = "SE556000000101"};
}

CounselDetails Protected() {
  CounselDetails details = Astrid();
  details.protection =
      GENERATE(ProtectionLevel::kSecrecyMarker, ProtectionLevel::kProtectedRegistration,
               ProtectionLevel::kAssumedIdentity);
  details.contact.reset();
  details.agency_channel = "offentligabitraden@agency.example";
  return details;
}

TEST_CASE("A complete entry passes, with and without a VAT number", "[registry][domain]") {
  CounselDetails details = Astrid();
  CHECK(FaultsOf(details).empty());

  details.vat_number.clear();

  CHECK(FaultsOf(details).empty());
}

TEST_CASE("Each fault of an entry is told by its field", "[registry][domain]") {
  struct Fault {
    const char* field;
    std::function<void(CounselDetails&)> spoil;
  };
  const Fault fault =
      GENERATE(Fault{"counsel.name", [](auto& d) { d.name = ""; }},
               Fault{"counsel.name", [](auto& d) { d.name = std::string(201, 'x'); }},
               Fault{"counsel.name", [](auto& d) { d.name = "Astrid\nExempelsson"; }},
               Fault{"counsel.workplace.street", [](auto& d) { d.contact->workplace.street = ""; }},
               Fault{"counsel.workplace.postal_code",
                     [](auto& d) { d.contact->workplace.postal_code = "111 22"; }},
               Fault{"counsel.workplace.postal_code",
                     [](auto& d) { d.contact->workplace.postal_code = "01122"; }},
               Fault{"counsel.workplace.city", [](auto& d) { d.contact->workplace.city = " "; }},
               Fault{"counsel.phone", [](auto& d) { d.contact->phone = "08-12 34 56 78"; }},
               Fault{"counsel.email", [](auto& d) { d.contact->email = "astrid"; }},
               Fault{"counsel.languages",
                     [](auto& d) {
                       d.languages = {"sv", "sv"};
                     }},
               Fault{"counsel.languages", [](auto& d) { d.languages = {"swe"}; }},
               Fault{"counsel.vat_number", [](auto& d) { d.vat_number = "SE556000000201"; }},
               Fault{"counsel.vat_number", [](auto& d) { d.vat_number = "5560000001"; }});
  CounselDetails details = Astrid();
  fault.spoil(details);

  const absl::Status checked = FaultsOf(details).ToStatus();

  CHECK(ReasonOf(checked) == "INVALID_REQUEST");
  REQUIRE(DetailsOf(checked).violations.size() == 1);
  CHECK(DetailsOf(checked).violations[0].field == fault.field);
}

TEST_CASE("An unprotected counsel has a workplace", "[registry][domain]") {
  CounselDetails details = Astrid();
  details.contact.reset();

  const absl::Status checked = FaultsOf(details).ToStatus();

  REQUIRE(DetailsOf(checked).violations.size() == 1);
  CHECK(DetailsOf(checked).violations[0].field == "counsel.workplace");
}

TEST_CASE("A protected counsel is reached through the agency alone", "[registry][domain]") {
  CounselDetails details = Protected();
  CHECK(CheckProtection(details).ok());
  CHECK(FaultsOf(details).empty());

  details.agency_channel.clear();
  CHECK(DetailsOf(FaultsOf(details).ToStatus()).violations[0].field == "counsel.agency_channel");
  details.contact = Contact();

  CHECK(ReasonOf(CheckProtection(details)) == "PROTECTED_WORKPLACE_REFUSED");
}

TEST_CASE("All faults of an entry are told at once", "[registry][domain]") {
  CounselDetails details = Astrid();
  details.name.clear();
  details.contact->phone.clear();
  details.contact->email.clear();

  CHECK(DetailsOf(FaultsOf(details).ToStatus()).violations.size() == 3);
}

TEST_CASE("Names as stored are read back", "[registry][domain]") {
  const auto listing =
      GENERATE(Listing::kListed, Listing::kOnRequestOnly, Listing::kRemoved, Listing::kIneligible);
  CHECK(ParseListing(ListingName(listing)) == listing);
  const auto qualification =
      GENERATE(Qualification::kAdvocate, Qualification::kAssociate, Qualification::kOtherLawyer);
  CHECK(ParseQualification(QualificationName(qualification)) == qualification);
  const auto level = Protected().protection;
  CHECK(ParseProtection(ProtectionName(level)) == level);
}

}  // namespace
}  // namespace bitrade::registry
