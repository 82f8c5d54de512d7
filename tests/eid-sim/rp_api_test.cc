#include "tests/eid-sim/rp_api.h"

#include "absl/strings/match.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/fakes.h"

namespace bitrade::eidsim {
namespace {

struct Fixture {
  testing::FakeClock clock{absl::FromUnixSeconds(1764000000)};
  Orders orders{clock};
  Faults faults;
  RpApi api{orders, faults};

  HttpAnswer Post(const std::string& call, const std::string& body) {
    return api.Answer({"POST", "/rp/v6.0/" + call, "application/json", body, false, "us"});
  }
};

bool Says(const HttpAnswer& answer, int status, absl::string_view code) {
  return answer.status == status && absl::StrContains(answer.body, code);
}

TEST_CASE("What BankID documents for auth is accepted", "[eid-sim][unit]") {
  Fixture at;
  for (const char* body :
       {R"({"endUserIp":"192.0.2.1"})", R"({"endUserIp":"2001:db8::1","returnRisk":true})",
        R"({"endUserIp":"192.0.2.1","requirement":{"certificatePolicies":["1.2.3.4.25"]}})",
        R"({"endUserIp":"192.0.2.1","requirement":{"certificatePolicies":["1.2.752.78.*"]}})",
        R"({"endUserIp":"192.0.2.1","requirement":{"risk":"LOW","pinCode":true}})",
        R"({"endUserIp":"192.0.2.1","userVisibleData":"SGVq","userVisibleDataFormat":"plaintext"})",
        R"({"endUserIp":"192.0.2.1","returnUrl":"https://bitrade.example/?nonce=1"})",
        R"({"endUserIp":"192.0.2.1","web":{"referringDomain":"bitrade.example"}})"}) {
    INFO(body);
    CHECK(Says(at.Post("auth", body), 200, "qrStartSecret"));
  }
}

TEST_CASE("Anything else for auth is refused", "[eid-sim][unit]") {
  Fixture at;
  for (const char* body :
       {"",
        "[]",
        "{}",
        R"({"endUserIp":"localhost"})",
        R"({"endUserIp":7})",
        R"({"endUserIp":"192.0.2.1","endUserIp":"192.0.2.1"})",
        R"({"endUserIp":"192.0.2.1","personalNumber":"191212121212"})",
        R"({"endUserIp":"192.0.2.1","userVisibleData":"not base64!"})",
        R"({"endUserIp":"192.0.2.1","userVisibleData":""})",
        R"({"endUserIp":"192.0.2.1","userVisibleDataFormat":"html"})",
        R"({"endUserIp":"192.0.2.1","returnUrl":""})",
        R"({"endUserIp":"192.0.2.1","requirement":{"certificatePolicies":[]}})",
        R"({"endUserIp":"192.0.2.1","requirement":{"certificatePolicies":["1.2.*"]}})",
        R"({"endUserIp":"192.0.2.1","requirement":{"certificatePolicies":["mobile"]}})",
        R"({"endUserIp":"192.0.2.1","requirement":{"personalNumber":"1212121212"}})",
        R"({"endUserIp":"192.0.2.1","requirement":{"cardReader":"class3"}})",
        R"({"endUserIp":"192.0.2.1","requirement":{"certificatePolicy":"1.2.3.4.25"}})",
        R"({"endUserIp":"192.0.2.1","web":{}})",
        R"({"endUserIp":"192.0.2.1","web":{"referringDomain":"Bitrade.example"}})",
        R"({"endUserIp":"192.0.2.1","web":{"userAgent":"x"},"app":{"deviceOS":"x"}})"}) {
    INFO(body);
    CHECK(Says(at.Post("auth", body), 400, "invalidParameters"));
  }
  CHECK(at.orders.Known().empty());
}

TEST_CASE("The envelope is checked before the body", "[eid-sim][unit]") {
  Fixture at;
  const std::string path = "/rp/v6.0/collect";
  CHECK(Says(at.api.Answer({"POST", "/rp/v5.1/auth", "application/json", "{}", false, "us"}), 404,
             "notFound"));
  CHECK(at.api.Answer({"GET", path, "", "", false, "us"}).status == 405);
  CHECK(Says(at.api.Answer({"POST", path, "application/json; charset=utf-8", "{}", false, "us"}),
             415, "unsupportedMediaType"));
  CHECK(Says(at.api.Answer({"POST", path, "application/json", "", true, "us"}), 400,
             "invalidParameters"));
  CHECK(Says(at.Post("collect", R"({"orderRef":"unknown"})"), 400, "No such order"));
  CHECK(Says(at.Post("cancel", R"({"orderRef":"unknown","more":1})"), 400, "invalidParameters"));
}

TEST_CASE("A fault strikes as many calls as were ordered", "[eid-sim][unit]") {
  Fixture at;
  at.faults.Set({2, absl::Seconds(1), 503, "Maintenance", false});
  for (int call = 0; call < 2; ++call) {
    const HttpAnswer struck = at.Post("auth", R"({"endUserIp":"192.0.2.1"})");
    CHECK(Says(struck, 503, "Maintenance"));
    CHECK(struck.delay == absl::Seconds(1));
  }
  CHECK(at.Post("auth", R"({"endUserIp":"192.0.2.1"})").status == 200);
  CHECK(at.orders.Known().size() == 1);
}

TEST_CASE("A delay alone leaves the answer as it is", "[eid-sim][unit]") {
  Fixture at;
  at.faults.Set({1, absl::Seconds(3), 0, "", false});
  const HttpAnswer late = at.Post("auth", R"({"endUserIp":"192.0.2.1"})");
  CHECK(late.status == 200);
  CHECK(late.delay == absl::Seconds(3));
}

}  // namespace
}  // namespace bitrade::eidsim
