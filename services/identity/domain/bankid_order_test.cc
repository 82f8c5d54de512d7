#include "services/identity/domain/bankid_order.h"

#include "services/common/testing/catch.h"
#include "services/identity/domain/address.h"

namespace bitrade::identity {
namespace {

OrderProgress OfMobile(absl::string_view status, absl::string_view hint, Start start) {
  return InterpretOrder(status, hint, Method::kMobileBankId, start);
}

struct Case {
  const char* status;
  const char* hint;
  const char* other_device;  // message keys
  const char* same_device;
  const char* reason;
};

TEST_CASE("Every hint has the vendor's message for the way of starting", "[identity][domain]") {
  const auto example =
      GENERATE(Case{"pending", "outstandingTransaction", "RFA1", "RFA13", ""},
               Case{"pending", "noClient", "RFA1", "RFA1", ""},
               Case{"pending", "started", "RFA15B", "RFA15B", ""},
               Case{"pending", "userMrtd", "RFA23", "RFA23", ""},
               Case{"pending", "userCallConfirm", "RFA21", "RFA21", ""},
               Case{"pending", "userSign", "RFA9", "RFA9", ""},
               Case{"pending", "processing", "RFA21", "RFA21", ""},
               Case{"pending", "fromTheFuture", "RFA21", "RFA21", ""},
               Case{"failed", "expiredTransaction", "RFA8", "RFA8", "BANKID_EXPIRED"},
               Case{"failed", "certificateErr", "RFA16", "RFA16", "BANKID_BLOCKED"},
               Case{"failed", "userCancel", "RFA6", "RFA6", "BANKID_USER_CANCELLED"},
               Case{"failed", "cancelled", "RFA3", "RFA3", "BANKID_CANCELLED"},
               Case{"failed", "startFailed", "RFA17B", "RFA17A", "BANKID_NOT_STARTED"},
               Case{"failed", "userDeclinedCall", "RFA22", "RFA22", "BANKID_FAILED"},
               Case{"failed", "notSupportedByUserApp", "RFA22", "RFA22", "BANKID_APP_TOO_OLD"},
               Case{"failed", "transactionRiskBlocked", "RFA22", "RFA22", "BANKID_RISK_BLOCKED"},
               Case{"failed", "fromTheFuture", "RFA22", "RFA22", "BANKID_FAILED"});

  const auto other = OfMobile(example.status, example.hint, Start::kOtherDevice);
  const auto same = OfMobile(example.status, example.hint, Start::kSameDevice);

  INFO(example.hint);
  CHECK(other.message.key == example.other_device);
  CHECK(same.message.key == example.same_device);
  CHECK(other.reason == example.reason);
  CHECK((other.state == OrderState::kFailed) == (*example.reason != '\0'));
}

TEST_CASE("A computer is told to insert the card, a phone is not", "[identity][domain]") {
  const auto progress = InterpretOrder("pending", "started", Method::kBankId, Start::kSameDevice);

  CHECK(progress.message.key == "RFA15A");
}

TEST_CASE("A hint is given in our words, an unknown one as it came", "[identity][domain]") {
  CHECK(OfMobile("pending", "userSign", Start::kOtherDevice).hint == "USER_SIGN");
  CHECK(OfMobile("failed", "userCancel", Start::kOtherDevice).hint == "USER_CANCEL");
  CHECK(OfMobile("pending", "fromTheFuture", Start::kOtherDevice).hint == "fromTheFuture");
}

TEST_CASE("A complete order has neither hint nor message", "[identity][domain]") {
  const auto progress = OfMobile("complete", "", Start::kOtherDevice);

  CHECK(progress.state == OrderState::kComplete);
  CHECK(progress.hint.empty());
  CHECK(progress.message.key.empty());
}

TEST_CASE("A status that BankID does not have today counts as pending", "[identity][domain]") {
  CHECK(OfMobile("paused", "userSign", Start::kOtherDevice).state == OrderState::kPending);
}

TEST_CASE("The QR code is shown on another device until an app has the order",
          "[identity][domain]") {
  const auto waiting = OfMobile("pending", "outstandingTransaction", Start::kOtherDevice);
  const auto scanned = OfMobile("pending", "userSign", Start::kOtherDevice);

  CHECK(ShowsQr(Start::kOtherDevice, waiting.hint));
  CHECK_FALSE(ShowsQr(Start::kSameDevice, waiting.hint));
  CHECK_FALSE(ShowsQr(Start::kOtherDevice, scanned.hint));
  CHECK(ShowsLink(Start::kSameDevice, waiting.hint));
  CHECK_FALSE(ShowsLink(Start::kOtherDevice, waiting.hint));
  CHECK_FALSE(ShowsLink(Start::kSameDevice, scanned.hint));
}

Login Waiting() {
  Login login{.id = LoginId::Trusted("00000000-0000-7000-8000-000000000001"),
              .method = Method::kMobileBankId,
              .start = Start::kOtherDevice,
              .purpose = Purpose::kEnter};
  login.hint = "USER_SIGN";
  login.message_key = "RFA9";
  return login;
}

TEST_CASE("A failed order ends its log-in with hint, message and reason", "[identity][domain]") {
  const auto failed = Advance(Waiting(), OfMobile("failed", "userCancel", Start::kOtherDevice));

  REQUIRE_OK(failed);
  CHECK(failed->state == LoginState::kFailed);
  CHECK(failed->hint == "USER_CANCEL");
  CHECK(failed->reason == "BANKID_USER_CANCELLED");
  CHECK(MessageOf(*failed).key == "RFA6");
  CHECK_FALSE(Advance(*failed, OfMobile("failed", "cancelled", Start::kOtherDevice)).ok());
}

TEST_CASE("An order that BankID does not answer for stays where it was, and says so at last",
          "[identity][domain]") {
  const OrderProgress signing = OfMobile("pending", "userSign", Start::kOtherDevice);
  CHECK(Unanswered(signing, kSilentFailures - 1).message.key == "RFA9");
  CHECK(Unanswered(signing, kSilentFailures).message.key == "RFA5");
  CHECK(Unanswered(signing, kSilentFailures).hint == "USER_SIGN");
  CHECK(Unanswered(signing, kSilentFailures).state == OrderState::kPending);
}

TEST_CASE("A high risk alone keeps a person out", "[identity][domain]") {
  CHECK(IsHighRisk("high"));
  CHECK(IsHighRisk("HIGH"));
  CHECK_FALSE(IsHighRisk("moderate"));
  CHECK_FALSE(IsHighRisk(""));
}

TEST_CASE("What a person reads follows the log-in's state", "[identity][domain]") {
  Login login = Waiting();
  CHECK(MessageOf(login).key == "RFA9");
  CHECK(MessageOf(AsOf(login, login.create_time + kPendingTime)).key == "RFA8");
  CHECK(MessageOf(*Cancel(login, login.create_time)).key == "RFA3");
  login = *Advance(Waiting(), OfMobile("failed", "notSupportedByUserApp", Start::kOtherDevice));
  CHECK(MessageOf(login).swedish == kUpdateApp.swedish);
  login.hint.clear();
  login.reason = "BANKID_ADDRESS_DIFFERS";
  CHECK(MessageOf(login).english == kAddressDiffers.english.detail);
  login.state = LoginState::kComplete;
  CHECK(MessageOf(login).key.empty());
  login.start = Start::kSameDevice;
  CHECK(MessageOf(login).key == "RFA21");
}

TEST_CASE("Every key of the vendor's list has a text in both languages", "[identity][domain]") {
  for (const char* key :
       {"RFA1",  "RFA2",   "RFA3",   "RFA4",   "RFA5",   "RFA6",  "RFA8",   "RFA9",
        "RFA13", "RFA14A", "RFA14B", "RFA15A", "RFA15B", "RFA16", "RFA17A", "RFA17B",
        "RFA18", "RFA19",  "RFA20",  "RFA21",  "RFA22",  "RFA23"}) {
    INFO(key);
    CHECK(MessageOf(key).key == key);
    CHECK_FALSE(MessageOf(key).swedish.empty());
    CHECK_FALSE(MessageOf(key).english.empty());
    CHECK(MessageOf(key).swedish != MessageOf(key).english);
  }
}

TEST_CASE("Messages speak Swedish and English", "[identity][domain]") {
  CHECK(MessageOf("RFA1").swedish == "Öppna BankID-appen.");
  CHECK(MessageOf("RFA1").english == "Open the BankID app.");
  CHECK(MessageOf("RFA99").key == "RFA22");
}

}  // namespace
}  // namespace bitrade::identity
