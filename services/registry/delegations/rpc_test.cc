// Delegations over the wire: a counsel invites, somebody accepts, either side ends it.
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/registry/snapshot.h"
#include "services/registry/testing/delegating.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::ReasonOf;
using testing::kAstrid;
using testing::kDisa;
using testing::kStranger;
using Stub = v1::DelegationService::Stub;

struct House : testing::Delegating {
  absl::StatusOr<v1::Delegation> File(const v1::Delegation& delegation) {
    return Delegating::File(delegation, /*signature=*/"", absl::StrCat("file-", delegation.id()));
  }
  absl::StatusOr<v1::ListDelegationsResponse> List() {
    return gateway->Call(*stub, &Stub::ListDelegations, v1::ListDelegationsRequest());
  }
  absl::StatusOr<v1::DelegationAccess> Access(const std::string& delegate) {
    v1::GetDelegationAccessRequest request;
    request.set_principal_id(kAstrid);
    request.set_delegate_id(delegate);
    const auto access = v1::AccessService::NewStub(billing->channel());
    return billing->Call(*access, &v1::AccessService::Stub::GetDelegationAccess, request);
  }

  // Disa is invited, as she sees it.
  v1::Delegation Invited();
};

v1::CreateDelegationRequest Disa(const std::string& key = "key-1") {
  v1::CreateDelegationRequest request = testing::ForDisa(key);
  request.add_scopes("documents:read");
  return request;
}

v1::Delegation House::Invited() {
  LogIn(kAstrid);
  const auto draft = Create(Disa());
  REQUIRE_OK(draft);
  REQUIRE_OK(File(*draft));
  LogIn(kDisa);
  return Get(draft->id()).value();
}

TEST_CASE("A delegation has effect when it is signed and accepted, and not before",
          "[registry][postgres]") {
  House house;
  const auto draft = house.Create(Disa());
  REQUIRE_OK(draft);
  CHECK(draft->state() == v1::Delegation::DRAFT);
  CHECK(draft->valid_from_date() == "2026-03-02");
  CHECK(draft->valid_to_date() == "2026-09-02");
  CHECK_FALSE(house.Access(kDisa)->delegations(0).active());

  const auto invited = house.File(*draft);
  REQUIRE_OK(invited);
  CHECK(invited->state() == v1::Delegation::INVITED);
  CHECK(invited->signing_kind() == v1::Delegation::CONFIRMATION);
  CHECK_FALSE(house.Access(kDisa)->delegations(0).active());

  house.LogIn(kDisa);
  const auto seen = house.Get(draft->id());
  REQUIRE_OK(seen);
  CHECK(seen->terms().version() == 1);
  const auto accepted = house.Accept(*seen);
  REQUIRE_OK(accepted);
  CHECK(accepted->state() == v1::Delegation::ACTIVE);
  CHECK(house.Access(kDisa)->delegations(0).active());
}

TEST_CASE("The answer is the same for a number that is known and one that is not",
          "[registry][postgres]") {
  House house;
  v1::CreateDelegationRequest unknown = Disa("key-2");
  unknown.set_identity_number("189001010017");

  auto first = house.Create(Disa());
  auto second = house.Create(unknown);

  REQUIRE_OK(first);
  REQUIRE_OK(second);
  first->clear_id();
  second->clear_id();
  CHECK(first->SerializeAsString() == second->SerializeAsString());
  CHECK(first->DebugString().find(kDisa) == std::string::npos);
}

TEST_CASE("No identity number is kept or told to others", "[registry][postgres]") {
  House house;
  house.Invited();

  const auto rows = house.database.Run("SELECT delegation::text FROM delegation");
  CHECK(rows[0][0].as<std::string>().find(testing::kDisasNumber) == std::string::npos);
  const auto events = house.database.Run("SELECT string_agg(event::text, '') FROM event");
  CHECK(events[0][0].as<std::string>().find(testing::kDisasNumber) == std::string::npos);
  CHECK(events[0][0].as<std::string>().find("Testsson") == std::string::npos);
}

TEST_CASE("A repeated key gives the first answer, and one draft", "[registry][postgres]") {
  House house;
  const auto first = house.Create(Disa());
  const auto again = house.Create(Disa());

  REQUIRE_OK(again);
  CHECK(first->id() == again->id());
  CHECK(house.List()->total() == 1);
}

TEST_CASE("What is wrong in itself makes no person", "[registry][postgres]") {
  House house;
  const int asked = house.persons->asked;
  v1::CreateDelegationRequest request = Disa();
  request.add_scopes("payout:write");
  CHECK(ReasonOf(house.Create(request)) == "SCOPE_NOT_DELEGABLE");
  request = Disa();
  request.clear_name();
  CHECK(ReasonOf(house.Create(request)) == "INVALID_REQUEST");
  CHECK(house.persons->asked == asked);
}

TEST_CASE("A counsel cannot invite herself", "[registry][postgres]") {
  House house;
  v1::CreateDelegationRequest request = Disa();
  request.set_identity_number(testing::kAstridsNumber);
  CHECK(ReasonOf(house.Create(request)) == "DELEGATE_IS_PRINCIPAL");
}

TEST_CASE("Only counsel of the register delegate, and nobody does so for a counsel",
          "[registry][postgres]") {
  House house;
  const v1::Delegation invited = house.Invited();
  REQUIRE_OK(house.Accept(invited));
  const int asked = house.persons->asked;
  CHECK(ReasonOf(house.Create(Disa("key-2"))) == "PERMISSION_DENIED");
  CHECK(house.persons->asked == asked);

  house.gateway->ActFor(kAstrid);
  CHECK(ReasonOf(house.Create(Disa("key-3"))) == "PERMISSION_DENIED");
  CHECK(ReasonOf(house.File(invited)) == "PERMISSION_DENIED");
}

TEST_CASE("The eleventh delegate is refused until one has gone", "[registry][postgres]") {
  House house;
  absl::StatusOr<v1::Delegation> last;
  for (int i = 0; i < 10; ++i) {
    v1::CreateDelegationRequest request = Disa(absl::StrCat("key-", i));
    request.set_identity_number(absl::StrCat("18900101002", i));
    last = house.Create(request);
    REQUIRE_OK(last);
  }
  CHECK(ReasonOf(house.Create(Disa("one more"))) == "TOO_MANY_DELEGATES");

  REQUIRE_OK(house.Revoke(*last));
  CHECK(house.Create(Disa("now")).ok());
}

TEST_CASE("An invitation is for whom it names", "[registry][postgres]") {
  House house;
  const v1::Delegation invited = house.Invited();

  for (const char* other : {kStranger, kAstrid}) {
    house.LogIn(other);
    CHECK(ReasonOf(house.Accept(invited)) == "NOT_FOUND");
  }
  house.LogIn(kStranger);
  CHECK(ReasonOf(house.Get(invited.id())) == "NOT_FOUND");
  CHECK(ReasonOf(house.Revoke(invited)) == "NOT_FOUND");
  CHECK(house.List()->total() == 0);
}

TEST_CASE("Old versions and old terms are refused", "[registry][postgres]") {
  House house;
  v1::Delegation invited = house.Invited();
  CHECK(ReasonOf(house.Accept(invited, 2)) == "TERMS_CHANGED");
  invited.set_etag("1");
  CHECK(ReasonOf(house.Accept(invited)) == "ETAG_MISMATCH");
  CHECK(ReasonOf(house.Revoke(invited)) == "ETAG_MISMATCH");
}

TEST_CASE("Either side revokes", "[registry][postgres]") {
  House house;
  const v1::Delegation active = house.Accept(house.Invited()).value();
  house.LogIn(GENERATE(kAstrid, kDisa));

  REQUIRE_OK(house.Revoke(active));

  CHECK_FALSE(house.Access(kDisa)->delegations(0).active());
  CHECK(house.Get(active.id())->state() == v1::Delegation::REVOKED);
  v1::Delegation now = house.Get(active.id()).value();
  CHECK(ReasonOf(house.Revoke(now)) == "DELEGATION_ENDED");
}

TEST_CASE("An invitation lapses after fourteen days", "[registry][postgres]") {
  House house;
  const v1::Delegation invited = house.Invited();
  house.clock.Advance(absl::Hours(24 * 14));
  house.LogIn(kDisa);

  CHECK(house.Get(invited.id())->state() == v1::Delegation::LAPSED);
  CHECK(ReasonOf(house.Accept(invited)) == "DELEGATION_ENDED");
  CHECK(house.Profiles()->profiles_size() == 0);
}

TEST_CASE("A person is first invited, then a delegate of the counsel, and after the end nobody",
          "[registry][postgres]") {
  House house;
  const v1::Delegation invited = house.Invited();
  const auto before = house.Profiles();
  REQUIRE_OK(before);
  REQUIRE(before->profiles_size() == 1);
  CHECK(before->profiles(0).kind() == v1::Profile::INVITED);
  CHECK(before->profiles(0).delegation_id() == invited.id());
  CHECK(before->profiles(0).name() == "Astrid Exempelsson");

  const v1::Delegation active = house.Accept(invited).value();
  const v1::ListProfilesResponse during = house.Profiles().value();
  REQUIRE(during.profiles_size() == 1);
  CHECK(during.profiles(0).kind() == v1::Profile::DELEGATE);
  CHECK(during.profiles(0).counsel_id() == kAstrid);
  CHECK(during.profiles(0).scopes(0) == "documents:read");

  REQUIRE_OK(house.Revoke(active));
  CHECK(house.Profiles()->profiles_size() == 0);
}

TEST_CASE("Every step is an event, and the snapshot tells the last one", "[registry][postgres]") {
  House house;
  REQUIRE_OK(house.Revoke(house.Accept(house.Invited()).value()));

  const auto kinds = house.database.Run(
      "SELECT string_agg(kind, ' ' ORDER BY version) FROM event WHERE aggregate = 'delegation'");
  CHECK(kinds[0][0].as<std::string>() == "DRAFTED INVITED ACCEPTED REVOKED");
  REQUIRE_OK(house.database.connection().Read([&](postgres::Transaction& tx) -> absl::Status {
    const auto events = Snapshot(house.stores, tx);
    REQUIRE(events.size() == 2);
    CHECK(events[1].aggregate() == "delegation");
    CHECK(events[1].version() == 4);
    CHECK(events[1].data().at("state") == "REVOKED");
    CHECK(events[1].data().at("delegate") == kDisa);
    CHECK(events[1].data().at("scopes") == "documents:read");
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace bitrade::registry
