// Minutes that are claimed more than once, and pages of what waits, over the wire.
#include <cstdint>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/billing/testing/house.h"
#include "services/common/testing/catch.h"

namespace bitrade::billing {
namespace {

using bitrade::testing::ReasonOf;
using testing::ExampleClaim;
using testing::House;

// ExampleClaim's time loss of 90 minutes, begun so much later.
v1::CalculationInput LossLater(int64_t minutes) {
  v1::CalculationInput input = ExampleClaim();
  input.clear_work();
  v1::TimeLoss& loss = *input.mutable_time_loss(0);
  loss.mutable_start_time()->set_seconds(loss.start_time().seconds() + minutes * 60);
  loss.mutable_end_time()->set_seconds(loss.end_time().seconds() + minutes * 60);
  return input;
}

TEST_CASE("Time loss that is claimed in two matters is shown in both", "[billing][rpc]") {
  House house;
  const auto first = house.Draft(ExampleClaim(), "first");
  REQUIRE_OK(first);
  CHECK(first->overlaps_size() == 0);

  const auto second = house.DraftIn(house.AppointAgain(), LossLater(30), "second");

  REQUIRE_OK(second);
  REQUIRE(second->overlaps_size() == 1);
  const v1::Overlap& overlap = second->overlaps(0);
  CHECK(overlap.kind() == v1::Overlap::TIME_LOSS);
  CHECK(overlap.date() == "2026-02-04");
  CHECK(overlap.minutes() == 60);
  REQUIRE(overlap.cost_statement_ids_size() == 1);
  CHECK(overlap.cost_statement_ids(0) == first->id());
  REQUIRE(house.Get(first->id())->overlaps_size() == 1);
  CHECK(house.Get(first->id())->overlaps(0).cost_statement_ids(0) == second->id());
}

TEST_CASE("An overlap goes when one of the two changes or is deleted", "[billing][rpc]") {
  House house;
  const auto first = house.Draft(ExampleClaim(), "first");
  REQUIRE_OK(first);
  const auto second = house.DraftIn(house.AppointAgain(), LossLater(0), "second");
  REQUIRE_OK(second);
  v1::UpdateCostStatementRequest apart;
  apart.set_id(second->id());
  apart.set_etag(second->etag());
  apart.mutable_update_mask()->add_paths("input.time_loss");
  *apart.mutable_input() = LossLater(90);

  CHECK(house.Get(first->id())->overlaps_size() == 1);
  const auto changed = house.Update(apart);
  REQUIRE_OK(changed);
  CHECK(changed->overlaps_size() == 0);
  CHECK(house.Get(first->id())->overlaps_size() == 0);
}

TEST_CASE("A draft that has gone out of sight with its appointment claims nothing any more",
          "[billing][rpc]") {
  House house;
  const auto lost = house.Draft(ExampleClaim(), "first");
  REQUIRE_OK(lost);
  const auto second = house.DraftIn(house.AppointAgain(), ExampleClaim(), "second");
  REQUIRE_OK(second);
  REQUIRE(second->overlaps_size() == 1);

  house.EndSight(appointments::testing::kNow, absl::InfiniteFuture());
  CHECK(ReasonOf(house.Get(lost->id())) == "NOT_FOUND");

  CHECK(house.Get(second->id())->overlaps_size() == 0);
}

TEST_CASE("More minutes of a day than it has are shown, in one matter or two", "[billing][rpc]") {
  House house;
  v1::CalculationInput input = ExampleClaim();
  input.clear_time_loss();
  input.mutable_work(0)->set_minutes(1'000);
  REQUIRE_OK(house.Draft(input, "first"));

  const auto second = house.DraftIn(house.AppointAgain(), input, "second");

  REQUIRE_OK(second);
  REQUIRE(second->overlaps_size() == 1);
  CHECK(second->overlaps(0).kind() == v1::Overlap::DAY);
  CHECK(second->overlaps(0).date() == "2026-02-03");
  CHECK(second->overlaps(0).minutes() == 560);
  *input.add_work() = input.work(0);
  input.set_f_tax(true);
  input.set_filing_date("2026-03-02");
  const auto calculated = house.Calculate(input);
  REQUIRE_OK(calculated);
  CHECK(calculated->warnings(0) == "MORE_THAN_A_DAY");
}

TEST_CASE("The agency sees overlaps with what is filed, and not with whose statement",
          "[billing][rpc]") {
  House house;
  const auto first = house.Draft(ExampleClaim(), "first");
  const auto second = house.DraftIn(house.AppointAgain(), ExampleClaim(), "second");
  REQUIRE_OK(first);
  REQUIRE_OK(second);
  REQUIRE_OK(house.File(*first, "file first"));
  CHECK(house.Unregistered()->cost_statements(0).cost_statement().overlaps_size() == 0);

  REQUIRE_OK(house.File(*second, "file second"));

  // The projection has not heard of the second appointment before it was asked for; now it has.
  const auto waiting = house.Unregistered();
  REQUIRE(waiting->cost_statements_size() == 2);
  for (const v1::FiledCostStatement& filed : waiting->cost_statements()) {
    REQUIRE(filed.cost_statement().overlaps_size() == 1);
    CHECK(filed.cost_statement().overlaps(0).minutes() == 90);
    CHECK(filed.cost_statement().overlaps(0).cost_statement_ids_size() == 0);
  }
}

TEST_CASE("A delegate sees that minutes overlap, and not with which statement", "[billing][rpc]") {
  House house;
  const auto first = house.Draft(ExampleClaim(), "first");
  REQUIRE_OK(first);
  REQUIRE_OK(house.DraftIn(house.AppointAgain(), ExampleClaim(), "second"));
  house.LetDelegate({"drafts:write"});
  house.LogInDelegate();

  const auto seen = house.Get(first->id());

  REQUIRE_OK(seen);
  REQUIRE(seen->overlaps_size() == 1);
  CHECK(seen->overlaps(0).cost_statement_ids_size() == 0);
}

TEST_CASE("A cursor leads through all that waits, also past what was registered meanwhile",
          "[billing][rpc]") {
  House house;
  std::set<std::string> filed, seen;
  for (int i = 0; i < 4; ++i) {
    const auto draft = house.Draft(LossLater(i * 90), absl::StrCat("draft ", i));
    REQUIRE_OK(draft);
    REQUIRE_OK(house.File(*draft, absl::StrCat("file ", i)));
    filed.insert(draft->id());
  }

  const auto first = house.Unregistered("", 2);
  REQUIRE_OK(first);
  REQUIRE(first->cost_statements_size() == 2);
  const v1::FiledCostStatement& last = first->cost_statements(1);
  REQUIRE_OK(
      house.Acknowledge(last.cost_statement().id(), last.receipt().manifest_sha256(), "D-1"));
  const auto second = house.Unregistered(first->next_cursor(), 2);

  REQUIRE_OK(second);
  CHECK(second->next_cursor().empty());
  for (const auto* page : {&*first, &*second}) {
    for (const auto& waiting : page->cost_statements()) seen.insert(waiting.cost_statement().id());
  }
  CHECK(seen == filed);
  CHECK(ReasonOf(house.Unregistered("nonsense")) == "CURSOR_INVALID");
}

}  // namespace
}  // namespace bitrade::billing
