#include "tests/eid-sim/orders.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/fakes.h"

namespace bitrade::eidsim {
namespace {

using testing::CodeOf;
using testing::FakeClock;

const RelyingParty kUs{"us", "cn=us", "us"};
const Person kAstrid{"191212121212", "Astrid Exempelsson", "Astrid", "Exempelsson", {"mobile"}, ""};
const Device kPhone{"191212121212", "192.0.2.7"};

std::string QrOf(const Order& order, int seconds) {
  const std::string text = absl::StrCat(seconds);
  return absl::StrCat(
      "bankid.", order.tokens.qr_start_token, ".", text, ".",
      absl::BytesToHexString(crypto::HmacSha256(order.tokens.qr_start_secret, text)));
}

struct Fixture {
  FakeClock clock{absl::FromUnixSeconds(1764000000)};
  Orders orders{clock};

  Fixture() { orders.PutPerson(kAstrid); }
  Order Begin(const OrderRequest& request = {}) { return orders.Create(kUs, request).value(); }
  absl::StatusOr<Order> Collect(const Order& order) {
    clock.Advance(absl::Seconds(2));
    return orders.Collect(kUs.fingerprint, order.tokens.order_ref);
  }
};

TEST_CASE("A scanned and approved order completes, and tells it once", "[eid-sim][unit]") {
  Fixture at;
  const Order order = at.Begin();
  CHECK(at.Collect(order)->hint == "outstandingTransaction");
  REQUIRE_OK(at.orders.Scan(QrOf(order, 2), kPhone));
  CHECK(at.Collect(order)->hint == "userSign");
  REQUIRE_OK(at.orders.Approve(order.tokens.auto_start_token, ""));
  const absl::StatusOr<Order> complete = at.Collect(order);
  REQUIRE_OK(complete);
  CHECK(complete->status == OrderStatus::kComplete);
  CHECK(complete->person.name == "Astrid Exempelsson");
  CHECK(complete->device_ip == "192.0.2.7");
  CHECK(CodeOf(at.Collect(order)) == absl::StatusCode::kInvalidArgument);
}

TEST_CASE("A photographed code is refused by the simulator's own clock", "[eid-sim][unit]") {
  Fixture at;
  const Order order = at.Begin();
  at.orders.AdvanceClock(absl::Seconds(9));
  CHECK(CodeOf(at.orders.Scan(QrOf(order, 2), kPhone)) == absl::StatusCode::kFailedPrecondition);
  CHECK(at.orders.Scan(QrOf(order, 9), kPhone).ok());
}

TEST_CASE("An order cannot be scanned twice", "[eid-sim][unit]") {
  Fixture at;
  const Order order = at.Begin();
  REQUIRE_OK(at.orders.Scan(QrOf(order, 0), kPhone));
  CHECK(CodeOf(at.orders.Scan(QrOf(order, 0), kPhone)) == absl::StatusCode::kFailedPrecondition);
}

TEST_CASE("An unknown person and an unknown order are not found", "[eid-sim][unit]") {
  Fixture at;
  Order order = at.Begin();
  CHECK(CodeOf(at.orders.Scan(QrOf(order, 0), {"199908072391", "192.0.2.7"})) ==
        absl::StatusCode::kNotFound);
  order.tokens.qr_start_token = "another";
  CHECK(CodeOf(at.orders.Scan(QrOf(order, 0), kPhone)) == absl::StatusCode::kNotFound);
}

TEST_CASE("A newer order in the app ends the older", "[eid-sim][unit]") {
  Fixture at;
  const Order first = at.Begin();
  const Order second = at.Begin();
  REQUIRE_OK(at.orders.Scan(QrOf(first, 0), kPhone));
  REQUIRE_OK(at.orders.Scan(QrOf(second, 0), kPhone));
  const absl::StatusOr<Order> ended = at.Collect(first);
  REQUIRE_OK(ended);
  CHECK(ended->status == OrderStatus::kFailed);
  CHECK(ended->hint == "cancelled");
}

TEST_CASE("A named person has one order at a time", "[eid-sim][unit]") {
  Fixture at;
  const OrderRequest named{"192.0.2.1", kAstrid.personal_number, {}, false};
  const Order order = at.Begin(named);
  CHECK(CodeOf(at.orders.Create(kUs, named)) == absl::StatusCode::kAlreadyExists);
  REQUIRE_OK(at.orders.Cancel(kUs.fingerprint, order.tokens.order_ref));
  CHECK(at.orders.Create(kUs, named).ok());
}

TEST_CASE("Collecting too fast is refused while the order is pending", "[eid-sim][unit]") {
  Fixture at;
  const Order order = at.Begin();
  REQUIRE_OK(at.orders.Collect(kUs.fingerprint, order.tokens.order_ref));
  CHECK(CodeOf(at.orders.Collect(kUs.fingerprint, order.tokens.order_ref)) ==
        absl::StatusCode::kResourceExhausted);
  CHECK(at.Collect(order).ok());
}

TEST_CASE("An order belongs to the certificate that created it", "[eid-sim][unit]") {
  Fixture at;
  const Order order = at.Begin();
  CHECK(CodeOf(at.orders.Collect("another", order.tokens.order_ref)) ==
        absl::StatusCode::kInvalidArgument);
  CHECK(CodeOf(at.orders.Cancel("another", order.tokens.order_ref)) ==
        absl::StatusCode::kInvalidArgument);
}

TEST_CASE("A cancelled order is gone", "[eid-sim][unit]") {
  Fixture at;
  const Order order = at.Begin();
  REQUIRE_OK(at.orders.Cancel(kUs.fingerprint, order.tokens.order_ref));
  CHECK(CodeOf(at.Collect(order)) == absl::StatusCode::kInvalidArgument);
  CHECK(CodeOf(at.orders.Cancel(kUs.fingerprint, order.tokens.order_ref)) ==
        absl::StatusCode::kInvalidArgument);
  CHECK(at.orders.Known().empty());
}

TEST_CASE("An order opened by a person who cannot use it stays started", "[eid-sim][unit]") {
  Fixture at;
  const Order order = at.Begin({"192.0.2.1", "", {"1.2.3.4.5"}, false});
  CHECK(CodeOf(at.orders.Scan(QrOf(order, 0), kPhone)) == absl::StatusCode::kFailedPrecondition);
  REQUIRE_OK(at.orders.AutoStart(order.tokens.auto_start_token, kPhone));
  CHECK(at.Collect(order)->hint == "started");
  CHECK(CodeOf(at.orders.Approve(order.tokens.auto_start_token, "")) ==
        absl::StatusCode::kFailedPrecondition);
}

TEST_CASE("The person may cancel in the app", "[eid-sim][unit]") {
  Fixture at;
  const Order order = at.Begin();
  REQUIRE_OK(at.orders.Scan(QrOf(order, 0), kPhone));
  REQUIRE_OK(at.orders.UserCancel(order.tokens.auto_start_token));
  CHECK(at.Collect(order)->hint == "userCancel");
}

TEST_CASE("A link opens the order with the kind that is wanted", "[eid-sim][unit]") {
  Fixture at;
  Person rich = kAstrid;
  rich.kinds = {"mobile", "file"};
  at.orders.PutPerson(rich);
  const Order order = at.Begin({"192.0.2.1", "", {"1.2.3.4.5", "1.2.3.4.10"}, false});
  const absl::StatusOr<Order> opened = at.orders.AutoStart(order.tokens.auto_start_token, kPhone);
  REQUIRE_OK(opened);
  CHECK(opened->bankid_kind == "file");
  CHECK(opened->auto_started);
}

TEST_CASE("A camera is of no use for a BankID on file", "[eid-sim][unit]") {
  Fixture at;
  Person at_desk = kAstrid;
  at_desk.kinds = {"file", "card"};
  at.orders.PutPerson(at_desk);
  const Order order = at.Begin();
  CHECK(CodeOf(at.orders.Scan(QrOf(order, 0), kPhone)) == absl::StatusCode::kFailedPrecondition);
}

TEST_CASE("Three wrong codes block the person until a new BankID", "[eid-sim][unit]") {
  Fixture at;
  Person careful = kAstrid;
  careful.code = "123456";
  at.orders.PutPerson(careful);
  const Order order = at.Begin();
  REQUIRE_OK(at.orders.Scan(QrOf(order, 0), kPhone));
  for (int attempt = 0; attempt < 3; ++attempt) {
    REQUIRE_OK(at.orders.Approve(order.tokens.auto_start_token, "0"));
  }
  CHECK(at.Collect(order)->hint == "certificateErr");
  const Order next = at.Begin();
  REQUIRE_OK(at.orders.Choose(next.tokens.auto_start_token, kPhone));
  CHECK(at.Collect(next)->hint == "certificateErr");
  at.orders.PutPerson(careful);
  const Order last = at.Begin();
  CHECK(at.orders.Choose(last.tokens.auto_start_token, kPhone)->hint == "userSign");
}

TEST_CASE("The time for signing is a setting", "[eid-sim][unit]") {
  Fixture at;
  at.orders.SetSignTime(absl::Seconds(20));
  const Order order = at.Begin();
  REQUIRE_OK(at.orders.Scan(QrOf(order, 0), kPhone));
  at.orders.AdvanceClock(absl::Seconds(20));
  CHECK(at.Collect(order)->hint == "expiredTransaction");
}

TEST_CASE("Time that a test adds passes for orders alone", "[eid-sim][unit]") {
  Fixture at;
  const absl::Time before = at.orders.SharedTime();
  at.orders.AdvanceClock(absl::Minutes(10));
  CHECK(at.orders.SharedTime() == before);
}

TEST_CASE("An order can be made to fail with any hint", "[eid-sim][unit]") {
  Fixture at;
  const Order order = at.Begin();
  REQUIRE_OK(at.orders.Fail(order.tokens.auto_start_token, "somethingNew"));
  CHECK(at.Collect(order)->hint == "somethingNew");
  CHECK(CodeOf(at.orders.Fail(order.tokens.auto_start_token, "userCancel")) ==
        absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace bitrade::eidsim
