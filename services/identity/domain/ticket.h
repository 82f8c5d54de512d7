// A ticket: what proves a person between our processes for two minutes. The value and its rules;
// how it is encoded and signed belongs to the adapter.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/error/error.h"
#include "services/identity/domain/login.h"

namespace bitrade::identity {

// How long a ticket holds, and how long a session can be renewed at all.
constexpr absl::Duration kTicketTime = absl::Seconds(120);
constexpr absl::Duration kSessionTime = absl::Hours(8);

// How long a session rests at most between two requests, however the gateway is set. Who uses it
// has a ticket that is not older than that: an older one comes from a row that Redis kept, or got
// back.
constexpr absl::Duration kLongestRest = absl::Hours(1);

// Level of assurance (Swedish: tillitsnivå) of an e-legitimation; BankID and Telia have 3.
constexpr int kAssuranceLevel = 3;

struct Ticket {
  PersonId person;
  SessionId session;
  Method method;
  int assurance = kAssuranceLevel;
  absl::Time auth_time;     // when the person authenticated
  absl::Time session_time;  // when the session began; a later revocation epoch ends it
  absl::Time issue_time;
  absl::Time expire_time;
};

inline const Reason kSessionRevoked{
    "SESSION_REVOKED",
    absl::StatusCode::kUnauthenticated,
    {"Session ended", "The session has been ended. Log in again."},
    {"Sessionen avslutad", "Sessionen har avslutats. Logga in igen."}};

inline const Reason kTicketInvalid{
    "TICKET_INVALID",
    absl::StatusCode::kUnauthenticated,
    {"Not logged in", "The proof of the log-in does not hold. Log in again."},
    {"Inte inloggad", "Beviset för inloggningen gäller inte. Logga in igen."}};

// Returns the first ticket of the session that `completion` begins.
Ticket FirstTicket(const Completion& completion, Method method, absl::Time now);

// What ends a session, or what is left of it under an older token; absl::InfinitePast() for never.
struct Revocation {
  // Sessions that began then or before have ended; InfiniteFuture() where this one was by itself.
  absl::Time epoch = absl::InfinitePast();
  absl::Time rotate_time = absl::InfinitePast();  // tickets given before then have no successor
};

// Returns when the tickets of a session that goes on under another token at `now` begin. Tickets
// tell whole seconds: those of the second before are older for certain.
absl::Time RotateTime(absl::Time now);

// Returns why the session of `old` gives no further ticket at `now`: ENDED by itself, EPOCH that
// ended all of the person's, ABSOLUTE_TIME, ROTATED to a newer token, RESTED for too long; "" while
// it does.
absl::string_view WhyOver(const Ticket& old, const Revocation& revocation, absl::Time now);

// Returns a ticket that continues the session of `old` from `now`.
//
// Errors: SESSION_REVOKED when the session began at or before the epoch, or kSessionTime ago, or
// when `old` was given before the session went on under another token, or ended kLongestRest ago.
absl::StatusOr<Ticket> Renew(const Ticket& old, const Revocation& revocation, absl::Time now);

}  // namespace bitrade::identity
