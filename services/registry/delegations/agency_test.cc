// The agency ends a counsel's delegation, whatever its sides want.
#include "absl/strings/str_cat.h"
#include "bitrade/registry/v1/delegation_agency_service.grpc.pb.h"
#include "services/common/testing/catch.h"
#include "services/registry/testing/delegating.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::CodeOf;
using bitrade::testing::ReasonOf;
using testing::kAstrid;
using testing::kDisa;
using Agency = v1::DelegationAgencyService::Stub;

struct House : testing::Delegating {
  House() : administrator(v1::DelegationAgencyService::NewStub(agency->channel())) {}

  v1::Delegation Draft() { return Create(testing::ForDisa("key-1")).value(); }
  absl::StatusOr<v1::ListCounselDelegationsResponse> List(const std::string& counsel) {
    v1::ListCounselDelegationsRequest request;
    request.set_counsel_id(counsel);
    return agency->Call(*administrator, &Agency::ListCounselDelegations, request);
  }
  absl::StatusOr<v1::Delegation> End(const v1::EndDelegationRequest& request) {
    return agency->Call(*administrator, &Agency::EndDelegation, request);
  }

  std::unique_ptr<Agency> administrator;
};

v1::EndDelegationRequest Ending(const v1::Delegation& delegation) {
  v1::EndDelegationRequest request;
  request.set_counsel_id(kAstrid);
  request.set_delegation_id(delegation.id());
  request.set_cause(v1::EndDelegationRequest::MISUSE);
  return request;
}

TEST_CASE("The agency sees what a counsel has given, and ends it", "[registry][postgres]") {
  House house;
  const v1::Delegation draft = house.Draft();
  const auto listed = house.List(kAstrid);
  REQUIRE_OK(listed);
  REQUIRE(listed->total() == 1);
  CHECK(listed->delegations(0).id() == draft.id());
  CHECK(house.List(testing::kStranger)->total() == 0);

  const auto ended = house.End(Ending(draft));

  REQUIRE_OK(ended);
  CHECK(ended->state() == v1::Delegation::REVOKED);
  CHECK(ReasonOf(house.End(Ending(draft))) == "DELEGATION_ENDED");
  const auto event = house.database.Run(
      "SELECT actor || ' ' || (data ->> 'state') || ' ' || (data ->> 'cause') FROM event "
      "WHERE kind = 'REVOKED'");
  CHECK(event[0][0].as<std::string>() == "case-system/journey REVOKED MISUSE");
}

TEST_CASE("A delegation is ended for the counsel who gave it, with a cause",
          "[registry][postgres]") {
  House house;
  const v1::Delegation draft = house.Draft();
  v1::EndDelegationRequest request = Ending(draft);
  request.set_counsel_id(kDisa);
  CHECK(ReasonOf(house.End(request)) == "NOT_FOUND");
  request = Ending(draft);
  request.clear_cause();
  CHECK(ReasonOf(house.End(request)) == "INVALID_REQUEST");
  request = Ending(draft);
  request.set_delegation_id("1");
  CHECK(ReasonOf(house.End(request)) == "INVALID_REQUEST");
}

TEST_CASE("No counsel ends delegations as the agency does", "[registry][postgres]") {
  House house;
  const v1::Delegation draft = house.Draft();
  const auto other = v1::DelegationAgencyService::NewStub(house.gateway->channel());
  CHECK(CodeOf(house.gateway->Call(*other, &Agency::EndDelegation, Ending(draft))) ==
        absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace bitrade::registry
