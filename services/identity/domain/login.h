// A log-in by e-legitimation: which methods there are, how it moves, and what a completed one may
// do.
//
//   PENDING → COMPLETE | FAILED | CANCELLED
//
// One that is started on the same device opens the app by a link, and whoever follows a link need
// not be who asked for it: it gives a session only to the browser that began it and has come back
// with the order's nonce.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"

namespace bitrade::identity {

using LoginId = Id<struct LoginTag>;
using PersonId = Id<struct PersonTag>;
using SessionId = Id<struct SessionTag>;

// Which e-legitimation: BankID on this computer, BankID in a phone, Telia e-legitimation.
enum class Method { kBankId, kMobileBankId, kTelia };
// Where it is, seen from the browser.
enum class Start { kSameDevice, kOtherDevice };
// Why one logs in.
enum class Purpose { kEnter, kRegisterApplication };
enum class LoginState { kPending, kComplete, kFailed, kCancelled };

// Names on the wire and in SQL: "MOBILE_BANKID", "OTHER_DEVICE", "ENTER", "PENDING".
absl::string_view Name(Method method);
absl::string_view Name(Start start);
absl::string_view Name(Purpose purpose);
absl::string_view Name(LoginState state);
// Empty for a name that is none of ours.
std::optional<Method> ParseMethod(absl::string_view name);
std::optional<Start> ParseStart(absl::string_view name);
std::optional<Purpose> ParsePurpose(absl::string_view name);
std::optional<LoginState> ParseLoginState(absl::string_view name);

// How long a log-in may stay PENDING, and how long a COMPLETE one may be taken up.
constexpr absl::Duration kPendingTime = absl::Minutes(10);
constexpr absl::Duration kTakeUpTime = absl::Minutes(3);

// Who proved to be whom, and the session that this begins. One log-in gives one session, however
// often it is taken up.
struct Completion {
  PersonId person;
  SessionId session;
  std::string certificate_policy;  // the kind of e-legitimation as the certificate says; may be ""
  absl::Time time;
};

struct Login {
  LoginId id;
  Method method;
  Start start;
  Purpose purpose;
  LoginState state = LoginState::kPending;
  std::string hint;         // the provider's last, "USER_SIGN"
  std::string message_key;  // the vendor's key of what the person reads, "RFA9"
  std::string reason;       // why it FAILED; empty otherwise
  absl::Time create_time;
  std::optional<Completion> completion;   // set when COMPLETE
  std::optional<absl::Time> return_time;  // when the browser came back
  std::string return_page;                // where it goes then; the caller's own words
  int64_t version = 1;
};

extern const Reason kLoginMethodUnavailable;
extern const Reason kLoginStartedTwice;
extern const Reason kLoginNotPending;
extern const Reason kLoginNotComplete;
extern const Reason kLoginExpired;
extern const Reason kLoginNotReturned;
// The same for a nonce that is unknown, used or another browser's: who tries learns nothing.
extern const Reason kLoginReturnRefused;

// Checks that one can log in so: with BankID and Telia on this device, with Mobile BankID on any.
//
// Errors: LOGIN_METHOD_UNAVAILABLE.
absl::Status CheckOffered(Method method, Start start);

// Tells whether a log-in that is started so gives a session only after the browser's return.
bool NeedsReturn(Start start);

// Tells whether it waits for that return.
bool AwaitsReturn(const Login& login);

// Records that the browser has come back.
//
// Errors: LOGIN_RETURN_REFUSED when it has before, and where no return is waited for.
absl::StatusOr<Login> Return(Login login, absl::Time now);

// Returns when a log-in ends whatever happens: kPendingTime after its start, or kTakeUpTime after
// its completion.
absl::Time ExpireTime(const Login& login);

// Returns the log-in as it is at `now`: one that was still PENDING at its end, or waited for its
// browser, has FAILED with reason LOGIN_EXPIRED.
Login AsOf(Login login, absl::Time now);

// Ends a log-in with a person.
//
// Errors: LOGIN_NOT_PENDING, also when its time is over.
absl::StatusOr<Login> Complete(Login login, const Completion& completion);

// Ends a log-in without a person. `reason` is a name: "BANKID_USER_CANCELLED".
//
// Errors: LOGIN_NOT_PENDING.
absl::StatusOr<Login> Fail(Login login, absl::string_view reason);

// Ends a log-in because the browser says so.
//
// Errors: LOGIN_NOT_PENDING.
absl::StatusOr<Login> Cancel(Login login, absl::Time now);

// Returns whom a log-in proved, for as long as it may be taken up.
//
// Errors: LOGIN_NOT_COMPLETE, LOGIN_NOT_RETURNED, LOGIN_EXPIRED.
absl::StatusOr<Completion> TakeUp(const Login& login, absl::Time now);

}  // namespace bitrade::identity
