#include "services/identity/domain/login.h"

#include "services/common/testing/catch.h"

namespace bitrade::identity {
namespace {

using bitrade::testing::ReasonOf;

const absl::Time kStart = absl::FromUnixSeconds(1'790'000'000);

Login Pending() {
  return {LoginId::Trusted("00000000-0000-7000-8000-000000000001"),
          Method::kMobileBankId,
          Start::kOtherDevice,
          Purpose::kEnter,
          LoginState::kPending,
          "",
          "",
          "",
          kStart,
          std::nullopt};
}

Completion By(absl::Time time) {
  return {PersonId::Trusted("00000000-0000-7000-8000-000000000002"),
          SessionId::Trusted("00000000-0000-7000-8000-000000000003"), "1.2.3.4.25", time};
}

Login Completed(absl::Time time) { return *Complete(Pending(), By(time)); }

TEST_CASE("Every name reads back as what it names", "[identity][domain]") {
  for (const auto method : {Method::kBankId, Method::kMobileBankId, Method::kTelia}) {
    CHECK(ParseMethod(Name(method)) == method);
  }
  for (const auto state :
       {LoginState::kPending, LoginState::kComplete, LoginState::kFailed, LoginState::kCancelled}) {
    CHECK(ParseLoginState(Name(state)) == state);
  }
  CHECK(ParseStart(Name(Start::kSameDevice)) == Start::kSameDevice);
  CHECK(ParsePurpose(Name(Purpose::kRegisterApplication)) == Purpose::kRegisterApplication);
  CHECK(Name(Method::kMobileBankId) == "MOBILE_BANKID");
  CHECK_FALSE(ParseMethod("mobile_bankid").has_value());
  CHECK_FALSE(ParseMethod("").has_value());
}

TEST_CASE("Mobile BankID is offered on any device, BankID on this one", "[identity][domain]") {
  CHECK(CheckOffered(Method::kMobileBankId, Start::kOtherDevice).ok());
  CHECK(CheckOffered(Method::kMobileBankId, Start::kSameDevice).ok());
  CHECK(CheckOffered(Method::kBankId, Start::kSameDevice).ok());
  CHECK(CheckOffered(Method::kTelia, Start::kSameDevice).ok());
  CHECK(ReasonOf(CheckOffered(Method::kBankId, Start::kOtherDevice)) == "LOGIN_METHOD_UNAVAILABLE");
  CHECK(ReasonOf(CheckOffered(Method::kTelia, Start::kOtherDevice)) == "LOGIN_METHOD_UNAVAILABLE");
}

TEST_CASE("A pending log-in ends once, in one way", "[identity][domain]") {
  const Login complete = Completed(kStart + absl::Seconds(20));
  const auto failed = Fail(Pending(), "BANKID_USER_CANCELLED");
  const auto cancelled = Cancel(Pending(), kStart + absl::Seconds(20));

  REQUIRE_OK(failed);
  REQUIRE_OK(cancelled);
  CHECK(complete.state == LoginState::kComplete);
  CHECK(failed->state == LoginState::kFailed);
  CHECK(failed->reason == "BANKID_USER_CANCELLED");
  CHECK(cancelled->state == LoginState::kCancelled);
  for (const Login& ended : {complete, *failed, *cancelled}) {
    CHECK(ReasonOf(Complete(ended, By(kStart))) == "LOGIN_NOT_PENDING");
    CHECK(ReasonOf(Fail(ended, "X")) == "LOGIN_NOT_PENDING");
    CHECK(ReasonOf(Cancel(ended, kStart)) == "LOGIN_NOT_PENDING");
  }
}

TEST_CASE("A log-in that nobody completes fails after ten minutes", "[identity][domain]") {
  const absl::Time end = kStart + absl::Minutes(10);

  CHECK(ExpireTime(Pending()) == end);
  CHECK(AsOf(Pending(), end - absl::Nanoseconds(1)).state == LoginState::kPending);
  CHECK(AsOf(Pending(), end).state == LoginState::kFailed);
  CHECK(AsOf(Pending(), end).reason == "LOGIN_EXPIRED");
  CHECK(ReasonOf(Complete(Pending(), By(end))) == "LOGIN_NOT_PENDING");
  CHECK(ReasonOf(TakeUp(Pending(), end)) == "LOGIN_EXPIRED");
}

TEST_CASE("A completed log-in is taken up within three minutes, any number of times",
          "[identity][domain]") {
  const absl::Time done = kStart + absl::Minutes(9);
  const Login login = Completed(done);
  const absl::Time last = done + absl::Minutes(3) - absl::Nanoseconds(1);

  const auto first = TakeUp(login, done);
  const auto again = TakeUp(login, last);

  REQUIRE_OK(first);
  REQUIRE_OK(again);
  CHECK(first->session == again->session);
  CHECK(ReasonOf(TakeUp(login, last + absl::Nanoseconds(1))) == "LOGIN_EXPIRED");
}

TEST_CASE("On the same device nobody takes up a log-in before the browser is back",
          "[identity][domain]") {
  Login login = Completed(kStart + absl::Seconds(20));
  login.start = Start::kSameDevice;
  CHECK(AwaitsReturn(login));
  CHECK(ReasonOf(TakeUp(login, kStart + absl::Seconds(30))) == "LOGIN_NOT_RETURNED");

  const auto returned = Return(login, kStart + absl::Seconds(30));
  REQUIRE_OK(returned);
  CHECK_FALSE(AwaitsReturn(*returned));
  REQUIRE_OK(TakeUp(*returned, kStart + absl::Seconds(30)));
  CHECK(ReasonOf(TakeUp(*returned, kStart + absl::Minutes(4))) == "LOGIN_EXPIRED");
  CHECK(AsOf(*returned, kStart + absl::Minutes(4)).state == LoginState::kComplete);
  CHECK(AsOf(login, kStart + absl::Minutes(3)).state == LoginState::kComplete);
  CHECK(AsOf(login, kStart + absl::Minutes(4)).reason == "LOGIN_EXPIRED");
}

TEST_CASE("A browser comes back once, and only where it is waited for", "[identity][domain]") {
  Login login = Pending();
  CHECK(ReasonOf(Return(login, kStart)) == "LOGIN_RETURN_REFUSED");
  login.start = Start::kSameDevice;
  const auto returned = Return(login, kStart + absl::Seconds(5));
  REQUIRE_OK(returned);
  CHECK(returned->return_time == kStart + absl::Seconds(5));
  CHECK(ReasonOf(Return(*returned, kStart + absl::Seconds(6))) == "LOGIN_RETURN_REFUSED");
}

TEST_CASE("A log-in without a person cannot be taken up", "[identity][domain]") {
  const auto failed = Fail(Pending(), "BANKID_USER_CANCELLED");
  const auto cancelled = Cancel(Pending(), kStart);

  CHECK(ReasonOf(TakeUp(Pending(), kStart)) == "LOGIN_NOT_COMPLETE");
  CHECK(ReasonOf(TakeUp(*failed, kStart)) == "LOGIN_NOT_COMPLETE");
  CHECK(ReasonOf(TakeUp(*cancelled, kStart)) == "LOGIN_NOT_COMPLETE");
}

}  // namespace
}  // namespace bitrade::identity
