// The register over the wire, with its neighbour identity and the callers that it has.
#include <map>

#include "absl/strings/str_cat.h"
#include "bitrade/identity/v1/login_service.grpc.pb.h"
#include "migrations/common_schema.h"
#include "migrations/registry_schema.h"
#include "services/common/rpc/service_main.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"
#include "services/registry/counsel/service.h"
#include "services/registry/guide/service.h"
#include "services/registry/profiles/service.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::ReasonOf;

const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 3, 2, 9, 0, 0), absl::UTCTimeZone());
constexpr char kAstridsNumber[] = "198112189876";
constexpr char kAstrid[] = "00000000-0000-7000-9000-000000000001";
constexpr char kStranger[] = "00000000-0000-7000-9000-000000000009";

// Identity knows Astrid's number and no other.
class Persons final : public identity::v1::PersonService::Service {
 public:
  grpc::Status EnsurePerson(grpc::ServerContext* /*context*/,
                            const identity::v1::EnsurePersonRequest* request,
                            identity::v1::EnsurePersonResponse* response) override {
    ++asked;
    if (request->identity_number() != kAstridsNumber) {
      return {grpc::StatusCode::INVALID_ARGUMENT, "nobody has this number"};
    }
    response->set_person_id(kAstrid);
    return grpc::Status::OK;
  }

  std::atomic<int> asked{0};
};

v1::RegisterCounselRequest EntryOf(const std::string& source_id) {
  v1::RegisterCounselRequest request;
  request.set_source_id(source_id);
  request.set_identity_number(kAstridsNumber);
  v1::Counsel& counsel = *request.mutable_counsel();
  counsel.set_name("Astrid Exempelsson");
  counsel.set_qualification(v1::Counsel::ADVOCATE);
  counsel.set_protection_level(v1::Counsel::UNPROTECTED);
  counsel.mutable_workplace()->set_street("Storgatan 1");
  counsel.mutable_workplace()->set_postal_code("11122");
  counsel.mutable_workplace()->set_city("Stockholm");
  counsel.set_phone("+46812345678");
  counsel.set_email("astrid@exempel.example");
  counsel.set_f_tax(true);
  return request;
}

struct Register {
  bitrade::testing::FakeClock clock{kNow};
  rpc::testing::Keys keys;
  bitrade::testing::Database database{rpc::PlanOf({common_schema(), registry_schema()})};
  Persons* persons = nullptr;
  CounselStore counsel;
  GuideStore guide;
  rpc::testing::Server identity{keys, {"identity", database.conninfo()}, clock};
  rpc::testing::Server registry{keys, {"registry", database.conninfo()}, clock};
  std::unique_ptr<rpc::Neighbour> neighbour;
  std::unique_ptr<IdentityClient> client;
  std::unique_ptr<rpc::testing::Client> agency, gateway, billing;

  Register() {
    auto serving = std::make_unique<Persons>();
    persons = serving.get();
    identity.Serve(std::move(serving));
    identity.Start();
    neighbour = std::make_unique<rpc::Neighbour>(
        "identity", identity.address(), keys.TlsOf("registry"),
        rpc::NeighbourLimits{.deadline = std::chrono::seconds(20)});
    client = std::make_unique<IdentityClient>(*neighbour);
    registry.Serve(std::make_unique<CounselService>(registry.rpc(), counsel));
    registry.Serve(std::make_unique<CounselFactsService>(registry.rpc(), counsel));
    registry.Serve(std::make_unique<CounselAgencyService>(registry.rpc(), counsel, *client));
    registry.Serve(std::make_unique<ProfileService>(registry.rpc(), counsel));
    registry.Serve(std::make_unique<GuideService>(registry.rpc(), guide));
    registry.Start();
    agency = std::make_unique<rpc::testing::Client>(keys, registry, "case-system/journey");
    gateway = std::make_unique<rpc::testing::Client>(keys, registry, "gateway");
    billing = std::make_unique<rpc::testing::Client>(keys, registry, "billing");
    LogIn(kAstrid);
  }

  void LogIn(const std::string& person) { gateway->BringTicket(keys.TicketFor(person, kNow)); }

  absl::StatusOr<v1::Counsel> Enter(const v1::RegisterCounselRequest& request) {
    const auto stub = v1::CounselAgencyService::NewStub(agency->channel());
    return agency->Call(*stub, &v1::CounselAgencyService::Stub::RegisterCounsel, request);
  }

  absl::StatusOr<v1::Counsel> Own() {
    const auto stub = v1::CounselService::NewStub(gateway->channel());
    return gateway->Call(*stub, &v1::CounselService::Stub::GetCounsel, v1::GetCounselRequest());
  }

  absl::StatusOr<v1::ListProfilesResponse> Profiles() {
    const auto stub = v1::ProfileService::NewStub(gateway->channel());
    return gateway->Call(*stub, &v1::ProfileService::Stub::ListProfiles, v1::ListProfilesRequest());
  }

  absl::StatusOr<v1::CounselFacts> Facts(const std::string& counsel_id) {
    const auto stub = v1::CounselFactsService::NewStub(billing->channel());
    v1::GetCounselFactsRequest request;
    request.set_counsel_id(counsel_id);
    return billing->Call(*stub, &v1::CounselFactsService::Stub::GetCounselFacts, request);
  }
};

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
  request.set_identity_number("199908072391");

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
