// A log-in by e-legitimation: which methods there are, how it moves, and what a completed one may
// do.
//
//   PENDING → COMPLETE | FAILED | CANCELLED
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
  std::optional<Completion> completion;  // set when COMPLETE
  int64_t version = 1;
};

inline const Reason kLoginMethodUnavailable{
    "LOGIN_METHOD_UNAVAILABLE",
    absl::StatusCode::kFailedPrecondition,
    {"Method unavailable", "You cannot log in with this e-legitimation in this way."},
    {"Inloggningssättet saknas", "Det går inte att logga in med den e-legitimationen så."}};

inline const Reason kLoginNotPending{"LOGIN_NOT_PENDING",
                                     absl::StatusCode::kFailedPrecondition,
                                     {"Already ended", "The log-in has already ended."},
                                     {"Redan avslutad", "Inloggningen är redan avslutad."}};

inline const Reason kLoginNotComplete{"LOGIN_NOT_COMPLETE",
                                      absl::StatusCode::kFailedPrecondition,
                                      {"Not complete", "The log-in is not complete."},
                                      {"Inte klar", "Inloggningen är inte klar."}};

inline const Reason kLoginExpired{
    "LOGIN_EXPIRED",
    absl::StatusCode::kFailedPrecondition,
    {"Too late", "The log-in was not completed and taken up in time. Log in again."},
    {"För sent", "Inloggningen blev inte klar i tid. Logga in igen."}};

// Checks that one can log in so: with Mobile BankID on another device.
//
// Errors: LOGIN_METHOD_UNAVAILABLE.
absl::Status CheckOffered(Method method, Start start);

// Returns when a log-in ends whatever happens: kPendingTime after its start, or kTakeUpTime after
// its completion.
absl::Time ExpireTime(const Login& login);

// Returns the log-in as it is at `now`: one that was still PENDING at its end has FAILED with
// reason LOGIN_EXPIRED.
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
// Errors: LOGIN_NOT_COMPLETE, LOGIN_EXPIRED.
absl::StatusOr<Completion> TakeUp(const Login& login, absl::Time now);

}  // namespace bitrade::identity
