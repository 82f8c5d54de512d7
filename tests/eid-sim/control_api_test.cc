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
  SigningAuthority authority;
  RpApi rp_api{orders, faults, authority};
  ControlApi api{orders, faults, rp_api};

  HttpAnswer Call(const std::string& method, const std::string& path, const std::string& body) {
    return api.Answer({method, "/sim/v1/" + path, "application/json", body, false, {}});
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
  const Order order = at.orders.Create({"us"}, {}).value();
  const HttpAnswer scanned = at.Scan(order, 0);
  CHECK(scanned.status == 200);
  CHECK(absl::StrContains(scanned.body, order.tokens.auto_start_token));
  CHECK(absl::StrContains(scanned.body, R"("hintCode":"userSign")"));
  const std::string path = absl::StrCat("orders/", order.tokens.auto_start_token);
  CHECK(at.Call("POST", path + "/approve", "{}").status == 200);
  CHECK(at.Call("POST", path + "/cancel", "{}").status == 409);
  CHECK(absl::StrContains(at.Call("GET", "orders", "").body, R"("status":"complete")"));
}

TEST_CASE("The list tells when an order was asked about, too early as well", "[eid-sim][unit]") {
  Fixture at;
  const Order order = at.orders.Create({"us"}, {}).value();
  CHECK(absl::StrContains(at.Call("GET", "orders", "").body, R"("collectTimes":[])"));
  CHECK(at.orders.Collect("us", order.tokens.order_ref).ok());
  at.clock.Advance(absl::Milliseconds(500));
  CHECK_FALSE(at.orders.Collect("us", order.tokens.order_ref).ok());
  CHECK(absl::StrContains(
      at.Call("GET", "orders", "").body,
      R"("collectTimes":["2025-11-24T16:00:00+00:00","2025-11-24T16:00:00.5+00:00"])"));
}

TEST_CASE("The clock makes a code stale", "[eid-sim][unit]") {
  Fixture at;
  at.Call("PUT", "persons/191212121212", kAstrid);
  const Order order = at.orders.Create({"us"}, {}).value();
  CHECK(at.Call("POST", "clock/advance", R"({"ms":6000})").status == 200);
  CHECK(at.Scan(order, 0).status == 409);
  CHECK(at.Scan(order, 6).status == 200);
}

TEST_CASE("Faults are taken over from the body", "[eid-sim][unit]") {
  Fixture at;
  CHECK(at.Call("PUT", "faults", R"({"calls":1,"delayMs":20,"drop":true})").status == 200);
  const std::optional<Fault> fault = at.faults.Take("collect");
  REQUIRE(fault.has_value());
  CHECK(fault->drop);
  CHECK(fault->delay == absl::Milliseconds(20));
  CHECK_FALSE(at.faults.Take("collect").has_value());
}

TEST_CASE("The app goes back to the browser on its own device, when all is done",
          "[eid-sim][unit]") {
  Fixture at;
  at.Call("PUT", "persons/191212121212", kAstrid);
  OrderRequest request;
  request.return_url = "https://bitrade.example/return?nonce=n1";
  for (const bool same_device : {true, false}) {
    const std::string token = at.orders.Create({"us"}, request)->tokens.auto_start_token;
    const std::string device = R"("personalNumber":"191212121212","ip":"127.0.0.1")";
    const HttpAnswer taken =
        same_device ? at.Call("POST", "autostart",
                              absl::StrCat(R"({"autoStartToken":")", token, R"(",)", device, "}"))
                    : at.Call("POST", absl::StrCat("orders/", token, "/scan"),
                              absl::StrCat("{", device, "}"));
    CHECK(taken.status == 200);
    CHECK_FALSE(absl::StrContains(taken.body, "nonce=n1"));
    const HttpAnswer approved = at.Call("POST", absl::StrCat("orders/", token, "/approve"), "{}");
    CHECK(absl::StrContains(approved.body, "nonce=n1") == same_device);
  }
  CHECK(absl::StrContains(at.Call("GET", "orders", "").body, "nonce=n1"));
}

TEST_CASE("A wrong code is counted, a document read, a failure named", "[eid-sim][unit]") {
  Fixture at;
  at.Call("PUT", "persons/191212121212",
          R"({"name":"A B","givenName":"A","surname":"B","kinds":["mobile"],"code":"1234"})");
  OrderRequest request;
  request.mrtd = true;
  const Order order = at.orders.Create({"us"}, request).value();
  const std::string path = absl::StrCat("orders/", order.tokens.auto_start_token);
  at.Scan(order, 0);
  CHECK(at.Call("POST", path + "/approve", R"({"code":"1234"})").status == 409);
  CHECK(at.Call("POST", path + "/document", "{}").status == 200);
  CHECK(absl::StrContains(at.Call("POST", path + "/approve", R"({"code":"1"})").body,
                          R"("wrongCodes":1)"));
  CHECK(at.Call("POST", path + "/fail", R"({"hintCode":"notSupportedByUserApp"})").status == 200);
  CHECK(absl::StrContains(at.Call("GET", "orders", "").body, "notSupportedByUserApp"));
}

TEST_CASE("Settings change how strict and how patient the simulator is", "[eid-sim][unit]") {
  Fixture at;
  CHECK(at.Call("PUT", "settings", R"({"signSeconds":20,"ignoreUnknownMembers":true})").status ==
        200);
  CHECK(at.rp_api
            .Answer({"POST",
                     "/rp/v6.0/auth",
                     "application/json",
                     R"({"endUserIp":"192.0.2.1","later":1})",
                     false,
                     {"us"}})
            .status == 200);
  CHECK(at.Call("PUT", "settings", R"({"signSeconds":0})").status == 400);
}

TEST_CASE("A developer gets a page", "[eid-sim][unit]") {
  Fixture at;
  const HttpAnswer page = at.api.Answer({"GET", "/", "", "", false, {}});
  CHECK(page.status == 200);
  CHECK(page.content_type == "text/html; charset=utf-8");
  CHECK(absl::StrContains(page.body, "</html>"));
}

TEST_CASE("What a test writes wrong is told", "[eid-sim][unit]") {
  Fixture at;
  CHECK(at.Call("PUT", "persons/191212121213", kAstrid).status == 400);
  CHECK(at.Call("PUT", "persons/1212121212", kAstrid).status == 400);
  CHECK(at.Call("PUT", "persons/191212121212", R"({"name":"Astrid"})").status == 400);
  CHECK(at.Call("PUT", "faults", R"({"calls":1,"dropped":true})").status == 400);
  CHECK(at.Call("PUT", "faults", R"({"calls":1,"status":99})").status == 400);
  CHECK(at.Call("PUT", "faults", R"({"calls":1,"on":"complete","drop":true})").status == 400);
  CHECK(at.Call("POST", "orders/unknown/approve", R"({"evidence":"bad"})").status == 400);
  CHECK(at.Call("POST", "clock/advance", R"({"ms":-1})").status == 400);
  CHECK(at.Call("POST", "orders/unknown/approve", "{}").status == 404);
  CHECK(at.Call("GET", "persons/191212121212", "").status == 404);
}

}  // namespace
}  // namespace bitrade::eidsim
