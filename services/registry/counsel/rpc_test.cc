// The register over the wire, with its neighbour identity and the callers that it has.
#include "bitrade/registry/v1/guide_service.grpc.pb.h"
#include "services/common/testing/catch.h"
#include "services/registry/testing/register.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::ReasonOf;
using testing::EntryOf;
using testing::kAstrid;
using testing::kStranger;
using testing::Register;

TEST_CASE("An entry is made once; the same source id gives the first answer",
          "[registry][postgres]") {
  Register house;

  const auto first = house.Enter(EntryOf("source-1"));
  const auto again = house.Enter(EntryOf("source-1"));

  REQUIRE_OK(first);
  REQUIRE_OK(again);
  CHECK(first->id() == kAstrid);
  CHECK(first->SerializeAsString() == again->SerializeAsString());
  CHECK(ReasonOf(house.Enter(EntryOf("source-2"))) == "COUNSEL_ALREADY_REGISTERED");
  v1::RegisterCounselRequest other = EntryOf("source-1");
  other.mutable_counsel()->set_name("Anna Exempelsson");
  CHECK(ReasonOf(house.Enter(other)) == "SOURCE_ID_REUSED");
  CHECK(house.database.Run("SELECT count(*) FROM event")[0][0].as<int>() == 1);
}

TEST_CASE("An entry that is wrong in itself makes no person", "[registry][postgres]") {
  Register house;
  v1::RegisterCounselRequest request = EntryOf("source-1");
  request.mutable_counsel()->set_protection_level(v1::Counsel::PROTECTED_REGISTRATION);

  CHECK(ReasonOf(house.Enter(request)) == "PROTECTED_WORKPLACE_REFUSED");

  CHECK(house.persons->asked == 0);
}

TEST_CASE("What identity refuses is refused", "[registry][postgres]") {
  Register house;
  v1::RegisterCounselRequest request = EntryOf("source-1");
  request.set_identity_number(testing::kNobodysNumber);

  CHECK(absl::IsInvalidArgument(house.Enter(request).status()));

  CHECK(house.database.Run("SELECT count(*) FROM counsel")[0][0].as<int>() == 0);
}

TEST_CASE("A counsel sees her own record, and whoever is in no register sees none",
          "[registry][postgres]") {
  Register house;
  REQUIRE_OK(house.Enter(EntryOf("source-1")));

  const auto own = house.Own();
  REQUIRE_OK(own);
  CHECK(own->workplace().city() == "Stockholm");
  house.LogIn(kStranger);

  CHECK(ReasonOf(house.Own()) == "NOT_FOUND");
}

TEST_CASE("A counsel enters whatever the listing, and whoever is in no register does not",
          "[registry][postgres]") {
  Register house;
  REQUIRE_OK(house.Enter(EntryOf("source-1")));
  const std::string listing = GENERATE("LISTED", "ON_REQUEST_ONLY", "REMOVED", "INELIGIBLE");
  house.database.Run("UPDATE counsel SET listing = '" + listing + "'");

  const auto profiles = house.Profiles();
  REQUIRE_OK(profiles);
  REQUIRE(profiles->profiles_size() == 1);
  CHECK(profiles->profiles(0).counsel_id() == kAstrid);
  CHECK(profiles->profiles(0).kind() == v1::Profile::COUNSEL);
  house.LogIn(kStranger);

  CHECK(house.Profiles().value().profiles_size() == 0);
}

TEST_CASE("Billing gets the tax facts of a counsel", "[registry][postgres]") {
  Register house;
  REQUIRE_OK(house.Enter(EntryOf("source-1")));

  const auto facts = house.Facts(kAstrid);

  REQUIRE_OK(facts);
  CHECK(facts->f_tax());
  CHECK_FALSE(facts->vat_registered());
  CHECK(ReasonOf(house.Facts(kStranger)) == "NOT_FOUND");
}

TEST_CASE("The guide is for everybody who is logged in", "[registry][postgres]") {
  Register house;
  house.LogIn(kStranger);
  const auto stub = v1::GuideService::NewStub(house.gateway->channel());

  const auto guide =
      house.gateway->Call(*stub, &v1::GuideService::Stub::GetGuide, v1::GetGuideRequest());

  REQUIRE_OK(guide);
  CHECK(guide->steps_size() >= 5);
  CHECK(guide->steps(0).title_swedish() != guide->steps(0).title_english());
}

}  // namespace
}  // namespace bitrade::registry
