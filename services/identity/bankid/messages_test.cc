#include "services/identity/bankid/messages.h"

#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/identity/bankid/errors.h"

namespace bitrade::identity {
namespace {

using testing::CodeOf;
using testing::ReasonOf;

TEST_CASE("An order for a phone names the address, the kind and the page", "[bankid][unit]") {
  AuthRequest request;
  request.end_user_ip = "192.0.2.1";
  request.certificate_policies = {"1.2.3.4.25"};
  request.visible_text = "Logga in på bitrade";
  request.referring_domain = "bitrade.example";
  CHECK(AuthJson(request) ==
        R"({"endUserIp":"192.0.2.1","userVisibleData":"TG9nZ2EgaW4gcMOlIGJpdHJhZGU=",)"
        R"("returnRisk":true,"requirement":{"certificatePolicies":["1.2.3.4.25"]},)"
        R"("web":{"referringDomain":"bitrade.example"}})");
}

TEST_CASE("A long name of a browser is cut between characters", "[bankid][unit]") {
  AuthRequest request;
  request.end_user_ip = "::1";
  const std::string longest(255, 'a');
  request.user_agent = absl::StrCat(longest, "å");
  CHECK(AuthJson(request) ==
        absl::StrCat(R"({"endUserIp":"::1","returnRisk":true,"web":{"userAgent":")", longest,
                     R"("}})"));
}

TEST_CASE("What BankID adds to its answers is passed over", "[bankid][unit]") {
  const auto begun = ParseAuthAnswer(
      R"({"orderRef":"o","autoStartToken":"a","qrStartToken":"t","qrStartSecret":"s","new":[1]})");
  REQUIRE_OK(begun);
  CHECK(begun->order_ref == "o");
  CHECK(begun->qr.start_secret == "s");
  const auto pending =
      ParseCollectAnswer(R"({"orderRef":"o","status":"pending","hintCode":"brandNew","x":{}})");
  REQUIRE_OK(pending);
  CHECK(pending->hint == "brandNew");
  CHECK_FALSE(pending->completion.has_value());
}

TEST_CASE("A completed order tells who it was, with or without a risk", "[bankid][unit]") {
  const auto complete = ParseCollectAnswer(
      R"({"status":"complete","completionData":{"user":{"personalNumber":"191212121212",)"
      R"("name":"Astrid Exempelsson","givenName":"Astrid","surname":"Exempelsson"},)"
      R"("device":{"ipAddress":"192.0.2.7"},"stepUp":null,"cert":{},)"
      R"("signature":"c2ln","ocspResponse":"b2NzcA=="}})");
  REQUIRE_OK(complete);
  REQUIRE(complete->completion.has_value());
  CHECK(complete->completion->personal_number == "191212121212");
  CHECK(complete->completion->device_ip == "192.0.2.7");
  CHECK(complete->completion->risk.empty());
  CHECK(complete->completion->issue_date.empty());
}

TEST_CASE("An answer without what it must have is refused", "[bankid][unit]") {
  for (const absl::string_view wrong :
       {"", "<html></html>", "[]", "{}", R"({"orderRef":1})",
        R"({"orderRef":"o","autoStartToken":"a","qrStartToken":"t"})"}) {
    INFO(wrong);
    CHECK(CodeOf(ParseAuthAnswer(wrong)) == absl::StatusCode::kInternal);
  }
  for (const absl::string_view wrong : {"{}", R"({"status":"complete"})",
                                        R"({"status":"complete","completionData":{"user":{}}})"}) {
    INFO(wrong);
    CHECK(CodeOf(ParseCollectAnswer(wrong)) == absl::StatusCode::kInternal);
  }
}

TEST_CASE("Refusals keep what the caller should do", "[bankid][unit]") {
  const auto reason = [](BankIdCall call, long status, const std::string& code) {
    const std::string body = code.empty() ? "<html>" : R"({"errorCode":")" + code + R"("})";
    return ReasonOf(RefusalOf(call, HttpReply{status, body}));
  };
  CHECK(reason(BankIdCall::kAuth, 400, "alreadyInProgress") == "BANKID_ALREADY_IN_PROGRESS");
  CHECK(reason(BankIdCall::kAuth, 400, "invalidParameters") == "BANKID_FAULT");
  CHECK(reason(BankIdCall::kCollect, 400, "invalidParameters") == "BANKID_ORDER_GONE");
  CHECK(reason(BankIdCall::kCancel, 400, "invalidParameters") == "BANKID_ORDER_GONE");
  CHECK(reason(BankIdCall::kAuth, 400, "brandNew") == "BANKID_REFUSED");
  CHECK(reason(BankIdCall::kCollect, 400, "brandNew") == "BANKID_FAULT");
  CHECK(reason(BankIdCall::kAuth, 400, "") == "BANKID_FAULT");
  CHECK(reason(BankIdCall::kAuth, 403, "") == "BANKID_FAULT");
  CHECK(reason(BankIdCall::kAuth, 408, "requestTimeout") == "BANKID_UNAVAILABLE");
  CHECK(reason(BankIdCall::kCollect, 429, "tooManyRequests") == "BANKID_UNAVAILABLE");
  CHECK(reason(BankIdCall::kAuth, 503, "Maintenance") == "BANKID_UNAVAILABLE");
}

}  // namespace
}  // namespace bitrade::identity
