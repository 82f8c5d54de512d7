#include "tests/eid-sim/order_request.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"

namespace bitrade::eidsim {
namespace {

using testing::CodeOf;

absl::StatusOr<OrderRequest> Parse(OrderKind kind, const std::string& body) {
  return ParseOrderRequest(body, kind, UnknownMembers::kRefuse);
}

// A body with `member` of base64 text of about `length` characters, and what /sign requires.
std::string With(const std::string& member, size_t length) {
  const std::string data = absl::Base64Escape(std::string(length / 4 * 3, 'x'));
  const std::string visible = member == "userVisibleData" ? "" : R"(,"userVisibleData":"SGVq")";
  return absl::StrCat(R"({"endUserIp":"192.0.2.1",")", member, R"(":")", data, "\"", visible, "}");
}

TEST_CASE("What BankID documents for auth is accepted", "[eid-sim][unit]") {
  for (const char* body :
       {R"({"endUserIp":"192.0.2.1"})", R"({"endUserIp":"2001:db8::1","returnRisk":true})",
        R"({"endUserIp":"192.0.2.1","requirement":{"certificatePolicies":["1.2.3.4.25"]}})",
        R"({"endUserIp":"192.0.2.1","requirement":{"certificatePolicies":["1.2.752.78.*"]}})",
        R"({"endUserIp":"192.0.2.1","requirement":{"risk":"LOW","pinCode":true}})",
        R"({"endUserIp":"192.0.2.1","userVisibleData":"SGVq","userVisibleDataFormat":"plaintext"})",
        R"({"endUserIp":"192.0.2.1","returnUrl":"https://bitrade.example/?nonce=1"})",
        R"({"endUserIp":"192.0.2.1","web":{"referringDomain":"bitrade.example"}})"}) {
    INFO(body);
    CHECK(Parse(OrderKind::kAuth, body).ok());
  }
}

TEST_CASE("A return URL has at most 512 characters, however many bytes", "[eid-sim][unit]") {
  std::string characters;
  for (int count = 0; count < 512; ++count) characters += "å";
  const auto with = [](const std::string& url) {
    return absl::StrCat(R"({"endUserIp":"192.0.2.1","returnUrl":")", url, "\"}");
  };
  CHECK(Parse(OrderKind::kAuth, with(characters)).ok());
  CHECK_FALSE(Parse(OrderKind::kAuth, with(characters + "x")).ok());
}

TEST_CASE("Anything else for auth is refused", "[eid-sim][unit]") {
  for (const char* body :
       {"",
        "[]",
        "\xEF\xBB\xBF{\"endUserIp\":\"192.0.2.1\"}",
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
    CHECK(CodeOf(Parse(OrderKind::kAuth, body)) == absl::StatusCode::kInvalidArgument);
  }
}

TEST_CASE("A signature needs a text, and may have a long one", "[eid-sim][unit]") {
  CHECK_FALSE(Parse(OrderKind::kSign, R"({"endUserIp":"192.0.2.1"})").ok());
  CHECK(Parse(OrderKind::kSign, With("userVisibleData", 40'000)).ok());
  CHECK_FALSE(Parse(OrderKind::kSign, With("userVisibleData", 40'004)).ok());
  CHECK(Parse(OrderKind::kSign, With("userNonVisibleData", 200'000)).ok());
  CHECK_FALSE(Parse(OrderKind::kSign, With("userNonVisibleData", 200'004)).ok());
}

TEST_CASE("An identification has a short text", "[eid-sim][unit]") {
  for (const char* member : {"userVisibleData", "userNonVisibleData"}) {
    INFO(member);
    CHECK(Parse(OrderKind::kAuth, With(member, 1'500)).ok());
    CHECK_FALSE(Parse(OrderKind::kAuth, With(member, 1'504)).ok());
  }
}

TEST_CASE("A text is base64 to the letter, and UTF-8 where a person reads it", "[eid-sim][unit]") {
  const auto body = [](const char* member, const std::string& data) {
    return absl::StrCat(R"({"endUserIp":"192.0.2.1",")", member, R"(":")", data, R"("})");
  };
  for (const char* data : {"SGVq\\n", " SGVq", "SGV", "SGVqLA", "SGVqLB==", "SG-_"}) {
    INFO(data);
    CHECK_FALSE(Parse(OrderKind::kAuth, body("userVisibleData", data)).ok());
    CHECK_FALSE(Parse(OrderKind::kAuth, body("userNonVisibleData", data)).ok());
  }
  const std::string binary = absl::Base64Escape("\xff\xfe");
  CHECK_FALSE(Parse(OrderKind::kAuth, body("userVisibleData", binary)).ok());
  CHECK(Parse(OrderKind::kAuth, body("userNonVisibleData", binary)).ok());
  CHECK(Parse(OrderKind::kAuth, body("userVisibleData", absl::Base64Escape("Å\r\nÄ"))).ok());
}

TEST_CASE("What was asked for is kept as it was sent", "[eid-sim][unit]") {
  const auto request = Parse(OrderKind::kSign, R"({"endUserIp":"192.0.2.1","userVisibleData":"SGVq",
      "userNonVisibleData":"AAE=","userVisibleDataFormat":"simpleMarkdownV1","returnRisk":true,
      "returnUrl":"https://bitrade.example/return?nonce=1",
      "requirement":{"personalNumber":"191212121212","mrtd":true,"risk":"Moderate",
                     "certificatePolicies":["1.2.3.4.25"]}})");
  REQUIRE_OK(request);
  CHECK(request->kind == OrderKind::kSign);
  CHECK(request->visible_data == "SGVq");
  CHECK(request->non_visible_data == "AAE=");
  CHECK(request->markdown);
  CHECK(request->mrtd);
  CHECK(request->return_risk);
  CHECK(request->risk_limit == "moderate");
  CHECK(request->return_url == "https://bitrade.example/return?nonce=1");
  CHECK(request->personal_number == "191212121212");
  CHECK(request->policies == std::vector<std::string>{"1.2.3.4.25"});
}

TEST_CASE("A return address has a length, a personal number a check digit", "[eid-sim][unit]") {
  const auto url = [](size_t length) {
    return absl::StrCat(R"({"endUserIp":"192.0.2.1","returnUrl":")", std::string(length, 'u'),
                        R"("})");
  };
  CHECK(Parse(OrderKind::kAuth, url(512)).ok());
  CHECK_FALSE(Parse(OrderKind::kAuth, url(513)).ok());
  CHECK_FALSE(Parse(OrderKind::kAuth,
                    R"({"endUserIp":"192.0.2.1","requirement":{"personalNumber":"191212121213"}})")
                  .ok());
}

}  // namespace
}  // namespace bitrade::eidsim
