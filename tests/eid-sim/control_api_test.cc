#include "tests/eid-sim/control_api.h"

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/fakes.h"

namespace bitrade::eidsim {
namespace {

constexpr char kAstrid[] =
    R"({"name":"Astrid Exempelsson","givenName":"Astrid","surname":"Exempelsson",)"
    R"("kinds":["mobile"]})";

struct Fixture {
  testing::FakeClock clock{absl::FromUnixSeconds(1764000000)};
  Orders orders{clock};
  Faults faults;
  ControlApi api{orders, faults};

  HttpAnswer Call(const std::string& method, const std::string& path, const std::string& body) {
    return api.Answer({method, "/sim/v1/" + path, "application/json", body, false, ""});
  }
  HttpAnswer Scan(const Order& order, int seconds) {
    const std::string code = absl::BytesToHexString(
        crypto::HmacSha256(order.tokens.qr_start_secret, absl::StrCat(seconds)));
    return Call("POST", "scan",
                absl::StrCat(R"({"personalNumber":"191212121212","ip":"127.0.0.1","qr":"bankid.)",
                             order.tokens.qr_start_token, ".", seconds, ".", code, R"("})"));
  }
};

TEST_CASE("A person scans, approves and is seen in the list", "[eid-sim][unit]") {
  Fixture at;
  CHECK(at.Call("PUT", "persons/191212121212", kAstrid).status == 200);
  const Order order = at.orders.Create("us", {}).value();
  const HttpAnswer scanned = at.Scan(order, 0);
  CHECK(scanned.status == 200);
  CHECK(scanned.body ==
        absl::StrCat(R"({"autoStartToken":")", order.tokens.auto_start_token, R"("})"));
  const std::string path = absl::StrCat("orders/", order.tokens.auto_start_token);
  CHECK(at.Call("POST", path + "/approve", "{}").status == 200);
  CHECK(at.Call("POST", path + "/cancel", "{}").status == 409);
  CHECK(absl::StrContains(at.Call("GET", "orders", "").body, R"("status":"complete")"));
}

TEST_CASE("The clock makes a code stale", "[eid-sim][unit]") {
  Fixture at;
  at.Call("PUT", "persons/191212121212", kAstrid);
  const Order order = at.orders.Create("us", {}).value();
  CHECK(at.Call("POST", "clock/advance", R"({"ms":6000})").status == 200);
  CHECK(at.Scan(order, 0).status == 409);
  CHECK(at.Scan(order, 6).status == 200);
}

TEST_CASE("Faults are taken over from the body", "[eid-sim][unit]") {
  Fixture at;
  CHECK(at.Call("PUT", "faults", R"({"calls":1,"delayMs":20,"drop":true})").status == 200);
  const std::optional<Fault> fault = at.faults.Take();
  REQUIRE(fault.has_value());
  CHECK(fault->drop);
  CHECK(fault->delay == absl::Milliseconds(20));
  CHECK_FALSE(at.faults.Take().has_value());
}

TEST_CASE("What a test writes wrong is told", "[eid-sim][unit]") {
  Fixture at;
  CHECK(at.Call("PUT", "persons/191212121213", kAstrid).status == 400);
  CHECK(at.Call("PUT", "persons/1212121212", kAstrid).status == 400);
  CHECK(at.Call("PUT", "persons/191212121212", R"({"name":"Astrid"})").status == 400);
  CHECK(at.Call("PUT", "faults", R"({"calls":1,"dropped":true})").status == 400);
  CHECK(at.Call("PUT", "faults", R"({"calls":1,"status":99})").status == 400);
  CHECK(at.Call("POST", "clock/advance", R"({"ms":-1})").status == 400);
  CHECK(at.Call("POST", "orders/unknown/approve", "{}").status == 404);
  CHECK(at.Call("GET", "persons", "").status == 404);
}

}  // namespace
}  // namespace bitrade::eidsim
