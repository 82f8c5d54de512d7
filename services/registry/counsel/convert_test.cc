#include "services/registry/counsel/convert.h"

#include "services/common/testing/catch.h"

namespace bitrade::registry {
namespace {

v1::RegisterCounselRequest Astrid() {
  v1::RegisterCounselRequest request;
  request.set_source_id("source-1");
  request.set_identity_number("198112189876");
  v1::Counsel& counsel = *request.mutable_counsel();
  counsel.set_name("Astrid Exempelsson");
  counsel.set_qualification(v1::Counsel::ADVOCATE);
  counsel.set_protection_level(v1::Counsel::UNPROTECTED);
  counsel.mutable_workplace()->set_street("Storgatan 1");
  counsel.mutable_workplace()->set_postal_code("11122");
  counsel.mutable_workplace()->set_city("Stockholm");
  counsel.set_phone("+46812345678");
  counsel.set_email("astrid@exempel.example");
  counsel.add_languages("sv");
  counsel.set_f_tax(true);
  counsel.set_vat_number("SE556000000101");
  return request;
}

Counsel Registered() {
  return {.id = CounselId::Trusted("00000000-0000-7000-8000-000000000001"),
          .details = FromProto(Astrid())->details,
          .listing = Listing::kOnRequestOnly,
          .version = 7,
          .create_time = absl::FromUnixMicros(1'500'000),
          .update_time = absl::FromUnixSeconds(2)};
}

TEST_CASE("An entry without a listing is listed", "[registry][domain]") {
  const auto entry = FromProto(Astrid());

  REQUIRE_OK(entry);
  CHECK(entry->listing == Listing::kListed);
  CHECK(entry->details.qualification == Qualification::kAdvocate);
  CHECK(entry->details.contact->workplace.city == "Stockholm");
}

TEST_CASE("Nobody is entered as removed or ineligible", "[registry][domain]") {
  v1::RegisterCounselRequest request = Astrid();
  request.set_listing(GENERATE(v1::Counsel::REMOVED, v1::Counsel::INELIGIBLE));

  const auto entry = FromProto(request);

  REQUIRE_FALSE(entry.ok());
  CHECK(DetailsOf(entry.status()).violations[0].field == "listing");
}

TEST_CASE("An empty entry is told everything it lacks", "[registry][domain]") {
  const auto entry = FromProto({});

  REQUIRE_FALSE(entry.ok());
  CHECK(DetailsOf(entry.status()).violations.size() == 5);
}

v1::RegisterCounselRequest Protected() {
  v1::RegisterCounselRequest request = Astrid();
  v1::Counsel& counsel = *request.mutable_counsel();
  counsel.set_protection_level(v1::Counsel::PROTECTED_REGISTRATION);
  counsel.clear_workplace();
  counsel.clear_phone();
  counsel.clear_email();
  counsel.set_agency_channel("offentligabitraden@agency.example");
  return request;
}

TEST_CASE("A protected counsel's record has the way through the agency and nothing else",
          "[registry][domain]") {
  Counsel counsel = Registered();
  counsel.details = FromProto(Protected()).value().details;

  const v1::Counsel told = ToProto(counsel);

  CHECK(told.protection_level() == v1::Counsel::PROTECTED_REGISTRATION);
  CHECK_FALSE(told.has_workplace());
  CHECK(told.phone().empty());
  CHECK(told.agency_channel() == "offentligabitraden@agency.example");
}

TEST_CASE("Any part of a protected counsel's whereabouts is refused, before all other faults",
          "[registry][domain]") {
  v1::RegisterCounselRequest request = Protected();
  const int part = GENERATE(0, 1, 2);
  if (part == 0) request.mutable_counsel()->mutable_workplace();
  if (part == 1) request.mutable_counsel()->set_phone("+46812345678");
  if (part == 2) request.mutable_counsel()->set_email("astrid@exempel.example");
  request.clear_identity_number();

  CHECK(bitrade::testing::ReasonOf(FromProto(request)) == "PROTECTED_WORKPLACE_REFUSED");
}

TEST_CASE("A level that is not said is a fault, not an unprotected counsel", "[registry][domain]") {
  v1::RegisterCounselRequest request = Astrid();
  request.mutable_counsel()->clear_protection_level();

  const auto entry = FromProto(request);

  REQUIRE_FALSE(entry.ok());
  CHECK(DetailsOf(entry.status()).violations[0].field == "counsel.protection_level");
}

TEST_CASE("A record is told whole", "[registry][domain]") {
  const v1::Counsel told = ToProto(Registered());

  CHECK(told.id() == "00000000-0000-7000-8000-000000000001");
  CHECK(told.name() == "Astrid Exempelsson");
  CHECK(told.listing() == v1::Counsel::ON_REQUEST_ONLY);
  CHECK(told.languages_size() == 1);
  CHECK(told.create_time().seconds() == 1);
  CHECK(told.create_time().nanos() == 500'000'000);
  CHECK(told.etag() == "7");
}

TEST_CASE("What a case system is answered leaves out where the counsel is found",
          "[registry][domain]") {
  const v1::Counsel told = ToEntry(Registered());

  CHECK(told.id() == "00000000-0000-7000-8000-000000000001");
  CHECK_FALSE(told.has_workplace());
  CHECK(told.phone().empty());
  CHECK(told.email().empty());
}

TEST_CASE("Facts for other services hold no personal data", "[registry][domain]") {
  const v1::CounselFacts facts = ToFacts(Registered());

  CHECK(facts.version() == 7);
  CHECK(facts.f_tax());
  CHECK(facts.vat_registered());
  CHECK(facts.DebugString().find("Astrid") == std::string::npos);
  CHECK(facts.DebugString().find("5560000001") == std::string::npos);
}

}  // namespace
}  // namespace bitrade::registry
