#include "tests/eid-sim/rp_api.h"

#include <rapidjson/document.h>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/fakes.h"

namespace bitrade::eidsim {
namespace {

constexpr char kBody[] = R"({"endUserIp":"192.0.2.1"})";
const Person kAstrid{"191212121212", "Astrid Exempelsson", "Astrid", "Exempelsson", {"mobile"}, ""};
const Device kPhone{"191212121212", "192.0.2.7"};

struct Fixture {
  testing::FakeClock clock{absl::FromUnixSeconds(1764000000)};
  Orders orders{clock};
  Faults faults;
  SigningAuthority authority;
  RpApi api{orders, faults, authority};

  Fixture() { orders.PutPerson(kAstrid); }

  HttpAnswer Post(const std::string& call, const std::string& body) {
    return api.Answer({"POST", "/rp/v6.0/" + call, "application/json", body, false, {"us"}});
  }

  // Begins an order and returns it as the simulator has it.
  Order Begin(const std::string& body = kBody, const std::string& call = "auth") {
    const HttpAnswer answer = Post(call, body);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    return orders.Known().front();
  }

  HttpAnswer Collect(const Order& order) {
    orders.AdvanceClock(absl::Seconds(2));
    return Post("collect", absl::StrCat(R"({"orderRef":")", order.tokens.order_ref, R"("})"));
  }

  void Complete(const Order& order, const Approval& approval = {}) {
    REQUIRE_OK(orders.Choose(order.tokens.auto_start_token, kPhone));
    REQUIRE_OK(orders.Approve(order.tokens.auto_start_token, approval));
  }
};

bool Says(const HttpAnswer& answer, int status, absl::string_view code) {
  return answer.status == status && absl::StrContains(answer.body, code);
}

TEST_CASE("The envelope is checked before the body", "[eid-sim][unit]") {
  Fixture at;
  const std::string path = "/rp/v6.0/collect";
  CHECK(Says(at.api.Answer({"POST", "/rp/v5.1/auth", "application/json", "{}", false, {"us"}}), 404,
             "notFound"));
  CHECK(at.api.Answer({"GET", path, "", "", false, {"us"}}).status == 405);
  CHECK(Says(at.api.Answer({"POST", path, "application/json; charset=utf-8", "{}", false, {"us"}}),
             415, "unsupportedMediaType"));
  CHECK(Says(at.api.Answer({"POST", path, "application/json", "", true, {"us"}}), 400,
             "invalidParameters"));
  CHECK(Says(at.Post("collect", R"({"orderRef":"unknown"})"), 400, "No such order"));
  CHECK(Says(at.Post("cancel", R"({"orderRef":"unknown","more":1})"), 400, "invalidParameters"));
}

TEST_CASE("A completed order tells everything that BankID tells", "[eid-sim][unit]") {
  Fixture at;
  const Order order =
      at.Begin(R"({"endUserIp":"192.0.2.1","returnRisk":true,"requirement":{"mrtd":true}})");
  REQUIRE_OK(at.orders.Choose(order.tokens.auto_start_token, kPhone));
  REQUIRE_OK(at.orders.ReadDocument(order.tokens.auto_start_token, true));
  REQUIRE_OK(at.orders.Approve(order.tokens.auto_start_token, ""));
  const HttpAnswer answer = at.Collect(order);
  rapidjson::Document json;
  json.Parse(answer.body.c_str());
  REQUIRE_FALSE(json.HasParseError());
  CHECK_FALSE(json.HasMember("hintCode"));
  const auto& data = json["completionData"];
  CHECK(std::string(data["user"]["personalNumber"].GetString()) == "191212121212");
  CHECK(std::string(data["user"]["givenName"].GetString()) == "Astrid");
  CHECK(std::string(data["device"]["ipAddress"].GetString()) == "192.0.2.7");
  CHECK(std::string(data["device"]["uhi"].GetString()).size() == 28);
  CHECK(std::string(data["bankIdIssueDate"].GetString()) == "2022-08-09Z");
  CHECK(std::string(data["risk"].GetString()) == "low");
  CHECK(data["stepUp"]["mrtd"].GetBool());
  CHECK(at.Collect(order).status == 400);
}

TEST_CASE("What nobody asked for is not told", "[eid-sim][unit]") {
  Fixture at;
  const Order order = at.Begin();
  at.Complete(order);
  const HttpAnswer answer = at.Collect(order);
  CHECK_FALSE(absl::StrContains(answer.body, "stepUp"));
  CHECK_FALSE(absl::StrContains(answer.body, R"("risk")"));
}

TEST_CASE("An order belongs to the certificate that created it, whatever it asks",
          "[eid-sim][unit]") {
  Fixture at;
  const Order order = at.Begin();
  const std::string body = absl::StrCat(R"({"orderRef":")", order.tokens.order_ref, R"("})");
  for (const char* call : {"collect", "cancel"}) {
    CHECK(Says(
        at.api.Answer(
            {"POST", absl::StrCat("/rp/v6.0/", call), "application/json", body, false, {"others"}}),
        400, "invalidParameters"));
  }
  CHECK(at.Post("cancel", body).body == "{}");
}

TEST_CASE("A person who is named has one order", "[eid-sim][unit]") {
  Fixture at;
  const std::string named =
      R"({"endUserIp":"192.0.2.1","requirement":{"personalNumber":"191212121212"}})";
  at.Begin(named);
  CHECK(Says(at.Post("auth", named), 400, "alreadyInProgress"));
  CHECK(at.orders.Known().size() == 1);
}

TEST_CASE("Unknown members may be ignored", "[eid-sim][unit]") {
  Fixture at;
  const std::string body = R"({"endUserIp":"192.0.2.1","later":1,"web":{"new":1}})";
  CHECK(at.Post("auth", body).status == 400);
  at.api.SetUnknownMembers(UnknownMembers::kIgnore);
  CHECK(at.Post("auth", body).status == 200);
}

TEST_CASE("A fault strikes as many calls as were ordered", "[eid-sim][unit]") {
  Fixture at;
  at.faults.Set({2, absl::Seconds(1), 503, "Maintenance", false});
  for (int call = 0; call < 2; ++call) {
    const HttpAnswer struck = at.Post("auth", kBody);
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

TEST_CASE("A front proxy refuses in HTML", "[eid-sim][unit]") {
  Fixture at;
  at.faults.Set({1, {}, 403, "", false});
  const HttpAnswer answer = at.Post("auth", kBody);
  CHECK(answer.status == 403);
  CHECK(answer.content_type == "text/html");
}

TEST_CASE("A lost answer is done all the same", "[eid-sim][unit]") {
  Fixture at;
  Fault lost;
  lost.calls = 1;
  lost.lost = true;
  at.faults.Set(lost);
  CHECK(at.Post("auth", kBody).drop);
  CHECK(at.orders.Known().size() == 1);
  lost.on = "complete";
  at.faults.Set(lost);
  const Order order = at.orders.Known().front();
  CHECK_FALSE(at.Collect(order).drop);
  at.Complete(order);
  CHECK(at.Collect(order).drop);
  CHECK(Says(at.Collect(order), 400, "No such order"));
}

TEST_CASE("A dropped call is not done", "[eid-sim][unit]") {
  Fixture at;
  at.faults.Set({1, {}, 0, "", true});
  CHECK(at.Post("auth", kBody).drop);
  CHECK(at.orders.Known().empty());
}

TEST_CASE("A fault may wait for one call, and change a hint or a risk", "[eid-sim][unit]") {
  Fixture at;
  Fault fault;
  fault.calls = 1;
  fault.on = "collect";
  fault.hint = "somethingNew";
  at.faults.Set(fault);
  const Order order = at.Begin(R"({"endUserIp":"192.0.2.1","returnRisk":true})");
  CHECK(absl::StrContains(at.Collect(order).body, R"("hintCode":"somethingNew")"));
  CHECK(absl::StrContains(at.Collect(order).body, R"("hintCode":"outstandingTransaction")"));
  fault.hint.clear();
  fault.risk = "high";
  fault.on = "complete";
  at.faults.Set(fault);
  at.Complete(order);
  CHECK(absl::StrContains(at.Collect(order).body, R"("risk":"high")"));
}

}  // namespace
}  // namespace bitrade::eidsim
