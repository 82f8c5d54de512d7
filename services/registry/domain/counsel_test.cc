#include "services/registry/domain/counsel.h"

#include <functional>
#include <string>

#include "services/common/testing/catch.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::ReasonOf;

CounselDetails Astrid() {
  return {.name = "Astrid Exempelsson",
          .workplace = {.street = "Storgatan 1", .postal_code = "11122", .city = "Stockholm"},
          .phone = "+46812345678",
          .email = "astrid@exempel.example",
          .languages = {"sv", "ar"},
          .f_tax = true,
          .vat_number = "SE556000000101"};
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
  const Fault fault = GENERATE(
      Fault{"counsel.name", [](auto& d) { d.name = ""; }},
      Fault{"counsel.name", [](auto& d) { d.name = std::string(201, 'x'); }},
      Fault{"counsel.name", [](auto& d) { d.name = "Astrid\nExempelsson"; }},
      Fault{"counsel.workplace.street", [](auto& d) { d.workplace.street = ""; }},
      Fault{"counsel.workplace.postal_code", [](auto& d) { d.workplace.postal_code = "111 22"; }},
      Fault{"counsel.workplace.postal_code", [](auto& d) { d.workplace.postal_code = "01122"; }},
      Fault{"counsel.workplace.city", [](auto& d) { d.workplace.city = " "; }},
      Fault{"counsel.phone", [](auto& d) { d.phone = "08-12 34 56 78"; }},
      Fault{"counsel.email", [](auto& d) { d.email = "astrid"; }},
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

TEST_CASE("All faults of an entry are told at once", "[registry][domain]") {
  CounselDetails details = Astrid();
  details.name.clear();
  details.phone.clear();
  details.email.clear();

  CHECK(DetailsOf(FaultsOf(details).ToStatus()).violations.size() == 3);
}

TEST_CASE("Names as stored are read back", "[registry][domain]") {
  const auto listing =
      GENERATE(Listing::kListed, Listing::kOnRequestOnly, Listing::kRemoved, Listing::kIneligible);
  CHECK(ParseListing(ListingName(listing)) == listing);
  const auto qualification =
      GENERATE(Qualification::kAdvocate, Qualification::kAssociate, Qualification::kOtherLawyer);
  CHECK(ParseQualification(QualificationName(qualification)) == qualification);
}

}  // namespace
}  // namespace bitrade::registry
