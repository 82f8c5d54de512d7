#include "tests/eid-sim/order.h"

#include "services/common/testing/catch.h"

namespace bitrade::eidsim {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1764000000);
const Person kAstrid{"191212121212", "Astrid Exempelsson", "Astrid", "Exempelsson", {"mobile"}, ""};

Order NewOrder() {
  Order order;
  order.create_time = kStart;
  return order;
}

Order TakenOrder() {
  Order order = NewOrder();
  PickUp(order, kAstrid, "192.0.2.7", kStart + absl::Seconds(10));
  return order;
}

TEST_CASE("An order that no app takes fails after thirty seconds", "[eid-sim][unit]") {
  CHECK(AsOf(NewOrder(), kStart + absl::Seconds(29)).status == OrderStatus::kPending);
  const Order failed = AsOf(NewOrder(), kStart + absl::Seconds(30));
  CHECK(failed.status == OrderStatus::kFailed);
  CHECK(failed.hint == "startFailed");
  CHECK(IsKnown(failed, kStart + absl::Seconds(189)));
  CHECK_FALSE(IsKnown(failed, kStart + absl::Seconds(190)));
}

TEST_CASE("An order in an app expires three minutes after it was taken", "[eid-sim][unit]") {
  CHECK(AsOf(TakenOrder(), kStart + absl::Seconds(189)).hint == "userSign");
  const Order failed = AsOf(TakenOrder(), kStart + absl::Seconds(190));
  CHECK(failed.hint == "expiredTransaction");
  CHECK(failed.end_time == kStart + absl::Seconds(190));
}

TEST_CASE("A completed order is kept for three minutes", "[eid-sim][unit]") {
  Order order = TakenOrder();
  EnterCode(order, "", kStart + absl::Seconds(20));
  CHECK(order.status == OrderStatus::kComplete);
  CHECK(AsOf(order, kStart + absl::Hours(1)).status == OrderStatus::kComplete);
  CHECK(IsKnown(order, kStart + absl::Seconds(199)));
  CHECK_FALSE(IsKnown(order, kStart + absl::Seconds(200)));
}

TEST_CASE("The third wrong code blocks", "[eid-sim][unit]") {
  Person careful = kAstrid;
  careful.code = "123456";
  Order order = NewOrder();
  PickUp(order, careful, "192.0.2.7", kStart);
  EnterCode(order, "1", kStart);
  EnterCode(order, "2", kStart);
  CHECK(order.status == OrderStatus::kPending);
  EnterCode(order, "3", kStart);
  CHECK(order.status == OrderStatus::kFailed);
  CHECK(order.hint == "certificateErr");
}

TEST_CASE("A person can use an order for their number and kind alone", "[eid-sim][unit]") {
  Order order = NewOrder();
  CHECK(CanUse(order, kAstrid));
  order.request.policies = {"1.2.3.4.25"};
  CHECK(CanUse(order, kAstrid));
  order.request.policies = {"1.2.3.4.*"};
  CHECK(CanUse(order, kAstrid));
  order.request.policies = {"1.2.3.4.5", "1.2.3.4.10"};
  CHECK_FALSE(CanUse(order, kAstrid));
  order.request.policies.clear();
  order.request.personal_number = "199908072391";
  CHECK_FALSE(CanUse(order, kAstrid));
}

}  // namespace
}  // namespace bitrade::eidsim
