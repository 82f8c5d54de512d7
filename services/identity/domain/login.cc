#include "services/identity/domain/login.h"

#include <utility>

#include "services/common/base/status_macros.h"
#include "services/identity/domain/names.h"

namespace bitrade::identity {
namespace {

constexpr Names<Method, 3> kMethods{{{Method::kBankId, "BANKID"},
                                     {Method::kMobileBankId, "MOBILE_BANKID"},
                                     {Method::kTelia, "TELIA"}}};
constexpr Names<Start, 2> kStarts{
    {{Start::kSameDevice, "SAME_DEVICE"}, {Start::kOtherDevice, "OTHER_DEVICE"}}};
constexpr Names<Purpose, 2> kPurposes{
    {{Purpose::kEnter, "ENTER"}, {Purpose::kRegisterApplication, "REGISTER_APPLICATION"}}};
constexpr Names<LoginState, 4> kStates{{{LoginState::kPending, "PENDING"},
                                        {LoginState::kComplete, "COMPLETE"},
                                        {LoginState::kFailed, "FAILED"},
                                        {LoginState::kCancelled, "CANCELLED"}}};

absl::Status CheckPending(const Login& login) {
  return login.state == LoginState::kPending ? absl::OkStatus() : Refuse(kLoginNotPending);
}

}  // namespace

absl::string_view Name(Method method) { return NameIn(kMethods, method); }
absl::string_view Name(Start start) { return NameIn(kStarts, start); }
absl::string_view Name(Purpose purpose) { return NameIn(kPurposes, purpose); }
absl::string_view Name(LoginState state) { return NameIn(kStates, state); }

std::optional<Method> ParseMethod(absl::string_view name) { return ValueIn(kMethods, name); }
std::optional<Start> ParseStart(absl::string_view name) { return ValueIn(kStarts, name); }
std::optional<Purpose> ParsePurpose(absl::string_view name) { return ValueIn(kPurposes, name); }
std::optional<LoginState> ParseLoginState(absl::string_view name) { return ValueIn(kStates, name); }

absl::Status CheckOffered(Method method, Start start) {
  const bool offered = method == Method::kMobileBankId && start == Start::kOtherDevice;
  return offered ? absl::OkStatus() : Refuse(kLoginMethodUnavailable);
}

absl::Time ExpireTime(const Login& login) {
  return login.completion ? login.completion->time + kTakeUpTime : login.create_time + kPendingTime;
}

Login AsOf(Login login, absl::Time now) {
  if (login.state == LoginState::kPending && now >= ExpireTime(login)) {
    login.state = LoginState::kFailed;
    login.reason = kLoginExpired.name;
  }
  return login;
}

absl::StatusOr<Login> Complete(Login login, const Completion& completion) {
  login = AsOf(std::move(login), completion.time);
  RETURN_IF_ERROR(CheckPending(login));
  login.state = LoginState::kComplete;
  login.completion = completion;
  return login;
}

absl::StatusOr<Login> Fail(Login login, absl::string_view reason) {
  RETURN_IF_ERROR(CheckPending(login));
  login.state = LoginState::kFailed;
  login.reason = std::string(reason);
  return login;
}

absl::StatusOr<Login> Cancel(Login login, absl::Time now) {
  login = AsOf(std::move(login), now);
  RETURN_IF_ERROR(CheckPending(login));
  login.state = LoginState::kCancelled;
  return login;
}

absl::StatusOr<Completion> TakeUp(const Login& login, absl::Time now) {
  if (AsOf(login, now).reason == kLoginExpired.name) return Refuse(kLoginExpired);
  if (!login.completion) return Refuse(kLoginNotComplete);
  if (now >= ExpireTime(login)) return Refuse(kLoginExpired);
  return *login.completion;
}

}  // namespace bitrade::identity
