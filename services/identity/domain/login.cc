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

const Reason kLoginMethodUnavailable{
    "LOGIN_METHOD_UNAVAILABLE",
    absl::StatusCode::kFailedPrecondition,
    {"Method unavailable", "You cannot log in with this e-legitimation in this way."},
    {"Inloggningssättet saknas", "Det går inte att logga in med den e-legitimationen så."}};

const Reason kLoginStartedTwice{
    "LOGIN_STARTED_TWICE",
    absl::StatusCode::kFailedPrecondition,
    {"Started twice",
     "This browser started another log-in at the same moment. Go on with that one, or start "
     "again."},
    {"Startad två gånger",
     "Webbläsaren startade en annan inloggning i samma ögonblick. Fortsätt med den eller börja "
     "om."}};

const Reason kLoginNotPending{"LOGIN_NOT_PENDING",
                              absl::StatusCode::kFailedPrecondition,
                              {"Already ended", "The log-in has already ended."},
                              {"Redan avslutad", "Inloggningen är redan avslutad."}};

const Reason kLoginNotComplete{"LOGIN_NOT_COMPLETE",
                               absl::StatusCode::kFailedPrecondition,
                               {"Not complete", "The log-in is not complete."},
                               {"Inte klar", "Inloggningen är inte klar."}};

const Reason kLoginExpired{
    "LOGIN_EXPIRED",
    absl::StatusCode::kFailedPrecondition,
    {"Too late", "The log-in was not completed and taken up in time. Log in again."},
    {"För sent", "Inloggningen blev inte klar i tid. Logga in igen."}};

const Reason kLoginNotReturned{
    "LOGIN_NOT_RETURNED",
    absl::StatusCode::kFailedPrecondition,
    {"Not back yet", "The log-in goes on in the browser where it began, when the app opens it."},
    {"Inte tillbaka än",
     "Inloggningen fortsätter i webbläsaren där den började, när appen öppnar den."}};

const Reason kLoginReturnRefused{
    "LOGIN_RETURN_REFUSED",
    absl::StatusCode::kFailedPrecondition,
    {"Not this browser's log-in",
     "The app opened a browser in which no log-in waits for it. Log in again, and go on in the "
     "same "
     "browser."},
    {"Inte den här webbläsarens inloggning",
     "Appen öppnade en webbläsare där ingen inloggning väntar. Logga in igen och fortsätt i samma "
     "webbläsare."}};

absl::string_view Name(Method method) { return NameIn(kMethods, method); }
absl::string_view Name(Start start) { return NameIn(kStarts, start); }
absl::string_view Name(Purpose purpose) { return NameIn(kPurposes, purpose); }
absl::string_view Name(LoginState state) { return NameIn(kStates, state); }

std::optional<Method> ParseMethod(absl::string_view name) { return ValueIn(kMethods, name); }
std::optional<Start> ParseStart(absl::string_view name) { return ValueIn(kStarts, name); }
std::optional<Purpose> ParsePurpose(absl::string_view name) { return ValueIn(kPurposes, name); }
std::optional<LoginState> ParseLoginState(absl::string_view name) { return ValueIn(kStates, name); }

absl::Status CheckOffered(Method method, Start start) {
  const bool offered = method == Method::kMobileBankId || start == Start::kSameDevice;
  return offered ? absl::OkStatus() : Refuse(kLoginMethodUnavailable);
}

bool NeedsReturn(Start start) { return start == Start::kSameDevice; }

bool AwaitsReturn(const Login& login) { return NeedsReturn(login.start) && !login.return_time; }

absl::StatusOr<Login> Return(Login login, absl::Time now) {
  if (!AwaitsReturn(login)) return Refuse(kLoginReturnRefused);
  login.return_time = now;
  return login;
}

absl::Time ExpireTime(const Login& login) {
  return login.completion ? login.completion->time + kTakeUpTime : login.create_time + kPendingTime;
}

Login AsOf(Login login, absl::Time now) {
  const bool open = login.state == LoginState::kPending ||
                    (login.state == LoginState::kComplete && AwaitsReturn(login));
  if (open && now >= ExpireTime(login)) {
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
  if (AwaitsReturn(login)) return Refuse(kLoginNotReturned);
  return *login.completion;
}

}  // namespace bitrade::identity
