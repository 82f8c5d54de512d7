#include "tests/eid-sim/order.h"

#include "services/common/testing/catch.h"

namespace bitrade::eidsim {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1764000000);
const Person kAstrid{"191212121212", "Astrid Exempelsson", "Astrid", "Exempelsson", {"mobile"}, ""};

const Device kPhone{"191212121212", "192.0.2.7", "mobile"};

Order NewOrder() {
  Order order;
  order.create_time = kStart;
  return order;
}

Order TakenOrder() {
  Order order = NewOrder();
  PickUp(order, kAstrid, kPhone, kStart + absl::Seconds(10));
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
  Approve(order, {}, kStart + absl::Seconds(20));
  CHECK(order.status == OrderStatus::kComplete);
  CHECK(AsOf(order, kStart + absl::Hours(1)).status == OrderStatus::kComplete);
  CHECK(IsKnown(order, kStart + absl::Seconds(199)));
  CHECK_FALSE(IsKnown(order, kStart + absl::Seconds(200)));
}

TEST_CASE("The third wrong code blocks", "[eid-sim][unit]") {
  Person careful = kAstrid;
  careful.code = "123456";
  Order order = NewOrder();
  PickUp(order, careful, kPhone, kStart);
  Approve(order, {"1"}, kStart);
  Approve(order, {"2"}, kStart);
  CHECK(order.status == OrderStatus::kPending);
  Approve(order, {"3"}, kStart);
  CHECK(order.status == OrderStatus::kFailed);
  CHECK(order.hint == "certificateErr");
}

TEST_CASE("Whoever is blocked fails what they pick up", "[eid-sim][unit]") {
  Person blocked = kAstrid;
  blocked.blocked = true;
  Order order = NewOrder();
  PickUp(order, blocked, kPhone, kStart);
  CHECK(order.hint == "certificateErr");
}

TEST_CASE("A person can use an order for their number and kind alone", "[eid-sim][unit]") {
  Order order = NewOrder();
  CHECK(UsableKind(order, kAstrid) == "mobile");
  CHECK_FALSE(UsableKind(order, kAstrid, "file").has_value());
  order.request.policies = {"1.2.3.4.25"};
  CHECK(UsableKind(order, kAstrid) == "mobile");
  order.request.policies = {"1.2.3.4.*"};
  CHECK(UsableKind(order, kAstrid) == "mobile");
  order.request.policies = {"1.2.3.4.5", "1.2.3.4.10"};
  CHECK_FALSE(UsableKind(order, kAstrid).has_value());
  order.request.policies.clear();
  order.request.personal_number = "199908072391";
  CHECK_FALSE(UsableKind(order, kAstrid).has_value());
}

TEST_CASE("A person with several kinds answers with the first that is taken", "[eid-sim][unit]") {
  Person rich = kAstrid;
  rich.kinds = {"mobile", "card", "file"};
  Order order = NewOrder();
  order.request.policies = {"1.2.3.4.5", "1.2.3.4.10"};
  CHECK(UsableKind(order, rich) == "card");
  CHECK(UsableKind(order, rich, "file") == "file");
}

TEST_CASE("A document is read before the code is asked for", "[eid-sim][unit]") {
  Order order = NewOrder();
  order.request.mrtd = true;
  PickUp(order, kAstrid, kPhone, kStart);
  CHECK(order.hint == "userMrtd");
  ReadDocument(order, true);
  CHECK(order.hint == "userSign");
  CHECK(order.mrtd_read == true);
}

TEST_CASE("Processing ends by the clock", "[eid-sim][unit]") {
  Order order = TakenOrder();
  Approval slow;
  slow.processing = absl::Seconds(5);
  Approve(order, slow, kStart + absl::Seconds(20));
  CHECK(AsOf(order, kStart + absl::Seconds(24)).hint == "processing");
  const Order complete = AsOf(order, kStart + absl::Seconds(60));
  CHECK(complete.status == OrderStatus::kComplete);
  CHECK(complete.end_time == kStart + absl::Seconds(25));
}

TEST_CASE("A risk above the limit blocks; one that was asked for is told", "[eid-sim][unit]") {
  Order order = TakenOrder();
  order.request.risk_limit = "low";
  Order blocked = order;
  Approve(blocked, {"", "moderate"}, kStart + absl::Seconds(20));
  CHECK(blocked.hint == "transactionRiskBlocked");
  Approve(order, {}, kStart + absl::Seconds(20));
  CHECK(order.status == OrderStatus::kComplete);
  CHECK(ToldRisk(order) == "low");
  order.request.risk_limit.clear();
  CHECK(ToldRisk(order).empty());
  order.request.return_risk = true;
  order.approval.risk = "none";
  CHECK(ToldRisk(order).empty());
}

}  // namespace
}  // namespace bitrade::eidsim
