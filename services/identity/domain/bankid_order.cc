#include "services/identity/domain/bankid_order.h"

#include <utility>

#include "absl/strings/match.h"
#include "services/common/base/status_macros.h"
#include "services/identity/domain/address.h"

namespace bitrade::identity {
namespace {

constexpr absl::string_view kOutstanding = "OUTSTANDING_TRANSACTION";

// A known hint of a pending order. The message may depend on how the log-in was started.
struct PendingHint {
  absl::string_view hint, name, on_other_device, in_phone, on_computer;
};

constexpr PendingHint kPendingHints[] = {
    {"outstandingTransaction", kOutstanding, "RFA1", "RFA13", "RFA13"},
    {"noClient", "NO_CLIENT", "RFA1", "RFA1", "RFA1"},
    {"started", "STARTED", "RFA15B", "RFA15B", "RFA15A"},
    {"userMrtd", "USER_MRTD", "RFA23", "RFA23", "RFA23"},
    {"userCallConfirm", "USER_CALL_CONFIRM", "RFA21", "RFA21", "RFA21"},
    {"userSign", "USER_SIGN", "RFA9", "RFA9", "RFA9"},
    {"processing", "PROCESSING", "RFA21", "RFA21", "RFA21"},
};

struct FailedHint {
  absl::string_view hint, name, on_other_device, on_same_device, reason;
};

constexpr FailedHint kFailedHints[] = {
    {"expiredTransaction", "EXPIRED_TRANSACTION", "RFA8", "RFA8", "BANKID_EXPIRED"},
    {"certificateErr", "CERTIFICATE_ERR", "RFA16", "RFA16", "BANKID_BLOCKED"},
    {"userCancel", "USER_CANCEL", "RFA6", "RFA6", "BANKID_USER_CANCELLED"},
    {"cancelled", "CANCELLED", "RFA3", "RFA3", "BANKID_CANCELLED"},
    {"startFailed", "START_FAILED", "RFA17B", "RFA17A", "BANKID_NOT_STARTED"},
    {"userDeclinedCall", "USER_DECLINED_CALL", "RFA22", "RFA22", "BANKID_FAILED"},
    {"transactionRiskBlocked", "TRANSACTION_RISK_BLOCKED", "RFA22", "RFA22", "BANKID_RISK_BLOCKED"},
};
constexpr absl::string_view kAppTooOld = "notSupportedByUserApp";

OrderProgress Pending(absl::string_view hint, Method method, Start start) {
  for (const PendingHint& known : kPendingHints) {
    if (known.hint != hint) continue;
    const absl::string_view here = method == Method::kBankId ? known.on_computer : known.in_phone;
    const absl::string_view key = start == Start::kOtherDevice ? known.on_other_device : here;
    return {OrderState::kPending, std::string(known.name), MessageOf(key), ""};
  }
  return {OrderState::kPending, std::string(hint), MessageOf("RFA21"), ""};
}

OrderProgress Failed(absl::string_view hint, Start start) {
  if (hint == kAppTooOld) {
    return {OrderState::kFailed, std::string(kAppTooOldHint), kUpdateApp, "BANKID_APP_TOO_OLD"};
  }
  for (const FailedHint& known : kFailedHints) {
    if (known.hint != hint) continue;
    const absl::string_view key =
        start == Start::kOtherDevice ? known.on_other_device : known.on_same_device;
    return {OrderState::kFailed, std::string(known.name), MessageOf(key),
            std::string(known.reason)};
  }
  return {OrderState::kFailed, std::string(hint), MessageOf("RFA22"), "BANKID_FAILED"};
}

}  // namespace

OrderProgress InterpretOrder(absl::string_view status, absl::string_view hint, Method method,
                             Start start) {
  if (status == "complete") return {OrderState::kComplete, "", {}, ""};
  if (status == "failed") return Failed(hint, start);
  return Pending(hint, method, start);
}

OrderProgress Unanswered(OrderProgress was, int failures) {
  if (failures >= kSilentFailures) was.message = MessageOf("RFA5");
  return was;
}

bool IsHighRisk(absl::string_view risk) { return absl::EqualsIgnoreCase(risk, "high"); }

absl::StatusOr<Login> Advance(Login login, const OrderProgress& progress) {
  login.hint = progress.hint;
  login.message_key = std::string(progress.message.key);
  if (progress.state == OrderState::kFailed) return Fail(std::move(login), progress.reason);
  return login;
}

absl::StatusOr<Signature> Advance(Signature signature, const OrderProgress& progress,
                                  absl::Time now) {
  if (progress.state == OrderState::kFailed) {
    ASSIGN_OR_RETURN(signature, Fail(std::move(signature), progress.reason, now));
  }
  signature.hint = progress.hint;
  signature.message_key = std::string(progress.message.key);
  return signature;
}

BankIdMessage MessageOf(const Login& login) {
  if (login.state == LoginState::kComplete) {
    return AwaitsReturn(login) ? MessageOf("RFA21") : BankIdMessage{};
  }
  if (login.state == LoginState::kCancelled) return MessageOf("RFA3");
  if (login.reason == kLoginExpired.name) return MessageOf("RFA8");
  if (login.hint == kAppTooOldHint) return kUpdateApp;
  if (login.reason == kAddressDiffers.name) {
    return {"RFA22", kAddressDiffers.swedish.detail, kAddressDiffers.english.detail};
  }
  return MessageOf(login.message_key);
}

BankIdMessage MessageOf(const Signature& signature) {
  if (signature.state == SignatureState::kComplete) return {};
  if (signature.state == SignatureState::kCancelled) return MessageOf("RFA3");
  for (const Reason* reason : {&kSignatureUnresolved, &kSignedByAnother}) {
    if (signature.reason == reason->name) {
      return {"RFA22", reason->swedish.detail, reason->english.detail};
    }
  }
  if (signature.hint == kAppTooOldHint) return kUpdateApp;
  return MessageOf(signature.message_key);
}

bool ShowsQr(Start start, absl::string_view hint) {
  return start == Start::kOtherDevice && hint == kOutstanding;
}

bool ShowsLink(Start start, absl::string_view hint) {
  return start == Start::kSameDevice && hint == kOutstanding;
}

}  // namespace bitrade::identity
