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
  CHECK(entry->details.workplace.city == "Stockholm");
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
  CHECK(DetailsOf(entry.status()).violations.size() == 8);
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
