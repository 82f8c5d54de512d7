#include "gateway/logins/login_entry.h"

#include <chrono>
#include <utility>

#include "gateway/clients/identity.h"
#include "gateway/clients/registry.h"
#include "gateway/logins/login_answer.h"
#include "gateway/pipeline/context_watch.h"
#include "gateway/pipeline/cookies.h"
#include "gateway/sessions/session_store.h"
#include "gateway/sessions/token.h"
#include "gateway/sessions/user_agent.h"
#include "services/common/base/formats.h"
#include "services/common/crypto/digest.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {
namespace {

constexpr std::chrono::milliseconds kCallTime{900};

// Whether a log-in that cannot be taken up has failed for good: the time is over, or its session
// was ended before it began.
bool IsFailure(const absl::Status& refusal) {
  return refusal.code() == absl::StatusCode::kFailedPrecondition ||
         refusal.code() == absl::StatusCode::kUnauthenticated;
}

// What we have given the browser for the device's cookie; "" for what is not of ours.
std::string DeviceOf(const Exchange& exchange) {
  const absl::string_view cookie = exchange.Cookie(kLoginDeviceCookie);
  return IsSha256(cookie) ? std::string(cookie) : "";
}

registry::v1::LogInPurpose PurposeOf(const identity::v1::TakeUpLoginResponse& person) {
  registry::v1::LogInPurpose purpose = registry::v1::LOG_IN_PURPOSE_UNSPECIFIED;
  registry::v1::LogInPurpose_Parse(person.purpose(), &purpose);
  return purpose;
}

}  // namespace

std::string SecretHashOf(const Exchange& exchange) {
  const absl::string_view cookie = exchange.Cookie(kLoginCookie);
  return IsToken(cookie) ? crypto::Sha256(cookie) : "";
}

bool IsPassing(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kResourceExhausted ||
         status.code() == absl::StatusCode::kDeadlineExceeded;
}

void LoginEntry::Enter(const ExchangePtr& exchange, v1::Login shown, Done done) {
  identity::v1::TakeUpLoginRequest asked;
  asked.set_id(shown.id());
  asked.set_secret_hash(SecretHashOf(*exchange));
  asked.set_end_user_ip(exchange->request().peer_address);
  const auto entry =
      std::make_shared<Entry>(Entry{exchange, std::move(shown), std::move(done), {}});
  identity_.TakeUpLogin(exchange->OutgoingFor(kCallTime), std::move(asked),
                        [this, entry](absl::StatusOr<identity::v1::TakeUpLoginResponse> person) {
                          if (person.ok()) {
                            entry->person = *std::move(person);
                            return TellRegistry(entry);
                          }
                          if (!IsFailure(person.status())) {
                            return entry->done(person.status());
                          }
                          ShowFailed(person.status(), entry->exchange->language(), entry->answer);
                          entry->done(std::move(entry->answer));
                        });
}

void LoginEntry::TellRegistry(const EntryPtr& entry) {
  registry::v1::RecordLogInRequest log_in;
  log_in.set_device_identifier(DeviceOf(*entry->exchange));
  log_in.set_purpose(PurposeOf(entry->person));
  registry_.RecordLogIn(
      entry->exchange->OutgoingFor(kCallTime), entry->person.ticket(), std::move(log_in),
      [this, entry](const absl::StatusOr<registry::v1::RecordLogInResponse>& profiles) {
        if (profiles.ok() && !profiles->profiles().empty()) {
          return Open(entry, profiles->profiles(0));
        }
        if (profiles.ok()) {
          ShowFailed(Refuse(kNotInRegister), entry->exchange->language(), entry->answer);
          entry->answer.set_contact_address(contact_address_);
        } else if (IsPassing(profiles.status())) {
          ShowPending(entry->answer);
        } else {
          return entry->done(profiles.status());
        }
        entry->done(std::move(entry->answer));
      });
}

v1::StoredSession LoginEntry::SessionFor(const Entry& entry,
                                         const registry::v1::Profile& profile) const {
  const identity::v1::TakeUpLoginResponse& person = entry.person;
  v1::StoredSession session;
  session.set_session_id(person.session_id());
  session.set_person_id(person.person_id());
  session.set_acting_for(profile.counsel_id());
  session.set_name(person.name());
  session.set_method(person.method());
  session.set_purpose(PurposeOf(person));
  session.set_csrf_token(NewToken());
  TakeContext(entry.exchange->request(), session);
  session.set_user_agent_family(
      std::string(UserAgentFamily(entry.exchange->request().Find("user-agent"))));
  session.set_ticket(person.ticket());
  session.set_ticket_expire_time_s(person.ticket_expire_time().seconds());
  session.set_auth_time_s(person.auth_time().seconds());
  session.set_absolute_expire_time_s(
      absl::ToUnixSeconds(entry.exchange->now() + sessions_.times().absolute));
  return session;
}

// Should identity not hear of one that ended, it lives for the rest of its last ticket where Redis
// brings it back.
void LoginEntry::TellEnded(const Entry& entry, const v1::StoredSession& ended, Cause cause) {
  const bool own = ended.person_id() == entry.person.person_id();
  identity::v1::EndSessionRequest request;
  request.set_ticket(own ? entry.person.ticket() : ended.ticket());
  request.set_session_id(ended.session_id());
  request.set_cause(cause);
  request.set_end_user_ip(entry.exchange->request().peer_address);
  // Holds the exchange, which may be answered before: nothing that the call uses is taken down.
  identity_.EndSession(
      entry.exchange->OutgoingFor(kCallTime), std::move(request),
      [exchange = entry.exchange](
          const absl::StatusOr<identity::v1::EndSessionResponse>& /*see above*/) {});
}

// One browser, one session: who could come back with the older cookie would come back as whoever
// had logged in before. A log-in that is taken up twice is one session.
void LoginEntry::Open(const EntryPtr& entry, const registry::v1::Profile& profile) {
  const absl::string_view token = entry->exchange->Cookie(kSessionCookie);
  if (!IsToken(token)) return Begin(entry, profile);
  const auto earlier = std::make_shared<v1::StoredSession>();
  const std::string key = SessionKeyOf(token);
  sessions_.Find(key, *earlier, [this, entry, profile, earlier, key](const absl::Status& found) {
    if (found.ok() && earlier->session_id() != entry->person.session_id()) {
      TellEnded(*entry, *earlier, identity::v1::EndSessionRequest::REPLACED);
      sessions_.End(key, *earlier, [](const absl::Status& /*then it rests until it is idle*/) {});
    }
    Begin(entry, profile);
  });
}

void LoginEntry::Begin(const EntryPtr& entry, const registry::v1::Profile& profile) {
  const std::string token = NewToken();
  sessions_.Create(SessionKeyOf(token), SessionFor(*entry, profile),
                   [this, entry, token](const SessionStore::Ended& kept) {
                     if (kept.ok()) {
                       Exchange& exchange = *entry->exchange;
                       for (const v1::StoredSession& ended : *kept) {
                         TellEnded(*entry, ended, identity::v1::EndSessionRequest::TOO_MANY);
                       }
                       exchange.AddHeader("Set-Cookie",
                                          SetCookie(kSessionCookie, token, SameSite::kStrict));
                       exchange.AddHeader("Set-Cookie", ClearCookie(kLoginCookie));
                       exchange.AddHeader("Set-Cookie", ClearCookie(kLoginDeviceCookie));
                     } else {
                       ShowPending(entry->answer);
                     }
                     entry->done(std::move(entry->answer));
                   });
}

}  // namespace bitrade::gateway
