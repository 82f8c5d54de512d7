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
  CHECK(FromProto(request)->end_user_ip == "2001:db8::1");
}

TEST_CASE("Every fault of a wish is told at once", "[identity][convert]") {
  v1::StartLoginRequest request;
  request.set_method("PASSWORD");
  request.set_end_user_ip("localhost");
  const auto refused = FromProto(request);
  CHECK(ReasonOf(refused) == "INVALID_REQUEST");
  CHECK(DetailsOf(refused.status()).violations.size() == 5);
}

TEST_CASE("A way of logging in that is not offered is named", "[identity][convert]") {
  v1::StartLoginRequest request = Good();
  request.set_start("SAME_DEVICE");
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
  const v1::Login pending = ToProto(login, "bankid.x", kNow);
  CHECK(pending.state() == v1::Login::PENDING);
  CHECK(pending.qr() == "bankid.x");
  CHECK(pending.message_key() == "RFA9");
  CHECK(pending.message_english() == "Enter your security code in the app and confirm.");
  CHECK(pending.expire_time().seconds() == absl::ToUnixSeconds(kNow + kPendingTime));

  const v1::Login expired = ToProto(login, "", kNow + kPendingTime);
  CHECK(expired.state() == v1::Login::FAILED);
  CHECK(expired.reason() == "LOGIN_EXPIRED");
  CHECK(expired.message_key() == "RFA8");
}

}  // namespace
}  // namespace bitrade::identity
