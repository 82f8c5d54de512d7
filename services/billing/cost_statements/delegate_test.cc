// A delegate prepares a cost statement; the counsel gives it in.
#include <algorithm>

#include "services/billing/testing/house.h"
#include "services/common/testing/catch.h"

namespace bitrade::billing {
namespace {

using bitrade::testing::ReasonOf;
using testing::ExampleClaim;
using testing::House;

bool Offers(const v1::CostStatement& statement, const std::string& name) {
  return std::count(statement.transitions().begin(), statement.transitions().end(), name) == 1;
}

v1::UpdateCostStatementRequest Corrected(const v1::CostStatement& draft) {
  v1::UpdateCostStatementRequest request;
  request.set_id(draft.id());
  request.set_etag(draft.etag());
  request.mutable_input()->set_instance("FIRST");
  request.mutable_update_mask()->add_paths("input.instance");
  return request;
}

TEST_CASE("A delegate drafts by the counsel's tax facts, changes and deletes", "[billing][rpc]") {
  House house;
  house.LetDelegate({"drafts:write"});
  house.LogInDelegate();

  const auto draft = house.Draft(ExampleClaim(), "key");
  REQUIRE_OK(draft);
  CHECK(draft->input().f_tax());
  CHECK(draft->result().total_ore() == 2'111'300);
  CHECK(house.List()->total() == 1);
  const auto changed = house.Update(Corrected(*draft));
  REQUIRE_OK(changed);
  CHECK(house.Get(draft->id()).ok());
  CHECK(house.Delete(*changed).ok());
}

TEST_CASE("What a delegate drafts is the counsel's", "[billing][rpc]") {
  House house;
  house.LetDelegate({"drafts:write"});
  house.LogInDelegate();
  const v1::CostStatement draft = house.Draft(ExampleClaim(), "key").value();
  CHECK_FALSE(Offers(draft, "FileCostStatement"));
  CHECK(Offers(draft, "UpdateCostStatement"));

  house.LogIn(appointments::testing::Astrid().text());

  const auto seen = house.Get(draft.id());
  REQUIRE_OK(seen);
  CHECK(Offers(*seen, "FileCostStatement"));
  const auto events =
      house.database().Run("SELECT actor, on_behalf_of, data->>'counsel_id' FROM event");
  REQUIRE(events.size() == 1);
  CHECK(events[0][0].as<std::string>() == testing::kDelegate);
  CHECK(events[0][1].as<std::string>() == appointments::testing::Astrid().text());
  CHECK(events[0][2].as<std::string>() == appointments::testing::Astrid().text());
}

TEST_CASE("No delegate gives in, and none sees what the counsel has given in", "[billing][rpc]") {
  House house;
  const v1::CostStatement draft = house.Draft(ExampleClaim(), "key").value();
  house.LetDelegate({"drafts:write"});
  house.LogInDelegate();
  CHECK(ReasonOf(house.File(draft, "file")) == "PERMISSION_DENIED");
  house.LogIn(appointments::testing::Astrid().text());
  REQUIRE_OK(house.File(draft, "file"));
  house.LogInDelegate();

  CHECK(ReasonOf(house.Get(draft.id())) == "NOT_FOUND");
  CHECK(house.List()->total() == 0);
  CHECK(ReasonOf(house.GetReceipt(draft.id())) == "PERMISSION_DENIED");
}

TEST_CASE("A delegate without the scope finds no cost statement and makes none", "[billing][rpc]") {
  House house;
  const v1::CostStatement draft = house.Draft(ExampleClaim(), "key").value();
  house.LetDelegate({"appointments:read", "documents:read", "availability:write"});
  house.LogInDelegate();

  CHECK(ReasonOf(house.Get(draft.id())) == "NOT_FOUND");
  CHECK(ReasonOf(house.List()) == "NOT_FOUND");
  CHECK(ReasonOf(house.Draft(ExampleClaim(), "other")) == "NOT_FOUND");
  CHECK(ReasonOf(house.Update(Corrected(draft))) == "NOT_FOUND");
  CHECK(ReasonOf(house.Delete(draft)) == "NOT_FOUND");
}

}  // namespace
}  // namespace bitrade::billing
