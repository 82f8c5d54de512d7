#include "services/identity/logins/convert.h"

#include "services/common/testing/catch.h"

namespace bitrade::identity {
namespace {

using testing::ReasonOf;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

v1::StartLoginRequest Good() {
  v1::StartLoginRequest request;
  request.set_method("MOBILE_BANKID");
  request.set_start("OTHER_DEVICE");
  request.set_purpose("ENTER");
  request.set_secret_hash(std::string(32, 's'));
  request.set_end_user_ip("192.0.2.1");
  return request;
}

TEST_CASE("A wish is read, with either kind of address", "[identity][convert]") {
  v1::StartLoginRequest request = Good();
  REQUIRE_OK(FromProto(request));
  CHECK(FromProto(request)->method == Method::kMobileBankId);
  request.set_end_user_ip("2001:db8::1");
  request.set_earlier_hash(std::string(32, 'e'));
  request.set_return_page("https://bitrade.example/");
  CHECK(FromProto(request)->browser.address == "2001:db8::1");
  CHECK(FromProto(request)->browser.earlier_hash == std::string(32, 'e'));
  CHECK(FromProto(request)->return_page == "https://bitrade.example/");
}

TEST_CASE("Every fault of a wish is told at once", "[identity][convert]") {
  v1::StartLoginRequest request;
  request.set_method("PASSWORD");
  request.set_end_user_ip("localhost");
  request.set_earlier_hash("short");
  request.set_return_page(std::string(301, 'p'));
  const auto refused = FromProto(request);
  CHECK(ReasonOf(refused) == "INVALID_REQUEST");
  CHECK(DetailsOf(refused.status()).violations.size() == 7);
}

TEST_CASE("A way of logging in that is not offered is named", "[identity][convert]") {
  v1::StartLoginRequest request = Good();
  request.set_method("BANKID");
  CHECK(ReasonOf(FromProto(request)) == "LOGIN_METHOD_UNAVAILABLE");
}

TEST_CASE("A log-in is told as it is now, in both languages", "[identity][convert]") {
  Login login{.id = LoginId::Trusted("00000000-0000-7000-8000-000000000001"),
              .method = Method::kMobileBankId,
              .start = Start::kOtherDevice,
              .purpose = Purpose::kEnter,
              .hint = "USER_SIGN",
              .message_key = "RFA9",
              .create_time = kNow};
  const v1::Login pending = ToProto(login, {.qr = "bankid.x", .launch_url = ""}, kNow);
  CHECK(pending.state() == v1::Login::PENDING);
  CHECK(pending.qr() == "bankid.x");
  CHECK(pending.message_key() == "RFA9");
  CHECK(pending.message_english() == "Enter your security code in the app and confirm.");
  CHECK(pending.expire_time().seconds() == absl::ToUnixSeconds(kNow + kPendingTime));

  CHECK_FALSE(pending.awaits_return());

  const v1::Login expired = ToProto(login, {}, kNow + kPendingTime);
  CHECK(expired.state() == v1::Login::FAILED);
  CHECK(expired.reason() == "LOGIN_EXPIRED");
  CHECK(expired.message_key() == "RFA8");
}

TEST_CASE("On the same device a log-in says that it waits for the browser", "[identity][convert]") {
  Login login{.id = LoginId::Trusted("00000000-0000-7000-8000-000000000001"),
              .method = Method::kBankId,
              .start = Start::kSameDevice,
              .purpose = Purpose::kEnter,
              .create_time = kNow};
  const v1::Login waiting = ToProto(login, {.qr = "", .launch_url = "bankid:///"}, kNow);
  CHECK(waiting.awaits_return());
  CHECK(waiting.launch_url() == "bankid:///");
  login.return_time = kNow;
  CHECK_FALSE(ToProto(login, {}, kNow).awaits_return());
}

}  // namespace
}  // namespace bitrade::identity
