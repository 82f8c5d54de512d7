#include "services/identity/orders/store.h"

#include "services/identity/testing/bench.h"

namespace bitrade::identity {
namespace {

TEST_CASE("An order is taken when it is due, and by one until its lease ends",
          "[identity][postgres]") {
  Bench bench;
  const Login login = bench.Enter(1);
  const absl::Time due = bench.start + absl::Seconds(2);
  CHECK(bench.Take(due - absl::Milliseconds(1)).empty());
  const std::vector<TakenOrder> taken = bench.Take(due);
  REQUIRE(taken.size() == 1);
  CHECK(taken[0].subject.id() == login.id.text());
  CHECK(taken[0].step == OrderStep::kCollect);
  CHECK(taken[0].order_ref.value() == "order-ref");
  CHECK(bench.Take(due + absl::Milliseconds(6999)).empty());
  const std::vector<TakenOrder> again = bench.Take(due + absl::Seconds(7));
  REQUIRE(again.size() == 1);
  CHECK(again[0].lease == taken[0].lease + 1);
}

TEST_CASE("Two that take at once get different orders", "[identity][postgres]") {
  Bench bench;
  for (int browser = 1; browser <= 4; ++browser) bench.Enter(browser);
  const absl::Time due = bench.start + absl::Seconds(2);
  postgres::Connection other(bench.database.conninfo());
  bench.Run([&](auto& tx) {
    CHECK(bench.orders.TakeDue(tx, due, due + absl::Seconds(7), 3).size() == 3);
    // The first transaction still has its rows locked.
    REQUIRE_OK(other.Transact([&](postgres::Transaction& second) {
      CHECK(bench.orders.TakeDue(second, due, due + absl::Seconds(7), 3).size() == 1);
      return absl::OkStatus();
    }));
  });
}

TEST_CASE("Who gives an order back says when it is due, unless another has it by now",
          "[identity][postgres]") {
  Bench bench;
  const Login login = bench.Enter(1);
  const absl::Time due = bench.start + absl::Seconds(2);
  const TakenOrder late = bench.Take(due).at(0);
  const TakenOrder mine = bench.Take(due + absl::Seconds(7)).at(0);
  const OrderProgress signing{OrderState::kPending, "USER_SIGN", MessageOf("RFA9"), ""};
  const absl::Time next = due + absl::Seconds(9);

  bench.Run(
      [&](auto& tx) { bench.orders.GiveBack(tx, late, signing, {.due = due, .failures = 0}); });
  CHECK(bench.Find(login, 1).login.hint == "OUTSTANDING_TRANSACTION");
  CHECK(bench.Take(due + absl::Seconds(8)).empty());

  bench.Run(
      [&](auto& tx) { bench.orders.GiveBack(tx, mine, signing, {.due = next, .failures = 2}); });
  CHECK(bench.Find(login, 1).login.message_key == "RFA9");
  CHECK(bench.Take(next - absl::Milliseconds(1)).empty());
  CHECK(bench.Take(next).at(0).failures == 2);
}

TEST_CASE("An answer that comes after the log-in was cancelled changes nothing",
          "[identity][postgres]") {
  Bench bench;
  const Login login = bench.Enter(1);
  bench.clock.Advance(absl::Seconds(2));
  const TakenOrder taken = bench.Take(bench.clock.TimeNow()).at(0);
  bench.Cancel(login);
  const OrderProgress signing{OrderState::kPending, "USER_SIGN", MessageOf("RFA9"), ""};
  bench.Run([&](auto& tx) {
    bench.orders.GiveBack(tx, taken, signing, {.due = absl::InfiniteFuture(), .failures = 0});
  });
  CHECK(bench.Find(login, 1).login.hint == "OUTSTANDING_TRANSACTION");
  // Its order is due at once, to be cancelled.
  CHECK(bench.Take(bench.clock.TimeNow()).at(0).step == OrderStep::kCancel);
}

TEST_CASE("An order that our keys do not open is taken all the same, and says so",
          "[identity][postgres]") {
  Bench bench;
  bench.Enter(1);
  bench.database.Run("UPDATE bankid_order SET secrets = 'x'");
  const auto taken = bench.Take(bench.start + absl::Seconds(2));
  CHECK(testing::ReasonOf(taken.at(0).order_ref) == "SEAL_BROKEN");
}

}  // namespace
}  // namespace bitrade::identity
