#include "gateway/handlers/session.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "bitrade/gateway/v1/session_service.pb.h"
#include "gateway/clients/identity.h"
#include "gateway/clients/registry.h"
#include "gateway/pipeline/browser_context.h"
#include "gateway/pipeline/cookies.h"
#include "gateway/sessions/session_store.h"
#include "gateway/sessions/token.h"

namespace bitrade::gateway {
namespace {

using registry::v1::ListProfilesResponse;
using Profiles = absl::StatusOr<ListProfilesResponse>;

constexpr std::chrono::milliseconds kCallTime{900};

// The request that asks has just prolonged the idle time.
v1::Session AnswerFor(const v1::StoredSession& session, v1::Session::ActingState state,
                      absl::Time now, absl::Duration idle) {
  v1::Session answer;
  answer.set_person_id(session.person_id());
  answer.set_name(session.name());
  answer.set_method(session.method());
  answer.set_acting_state(state);
  if (state != v1::Session::ENDED) answer.set_acting_for(session.acting_for());
  answer.set_csrf_token(session.csrf_token());
  answer.set_ended_sessions(session.ended_sessions());
  answer.mutable_auth_time()->set_seconds(session.auth_time_s());
  answer.mutable_idle_expire_time()->set_seconds(
      std::min(absl::ToUnixSeconds(now + idle), session.absolute_expire_time_s()));
  answer.mutable_absolute_expire_time()->set_seconds(session.absolute_expire_time_s());
  return answer;
}

v1::SessionProfile Shown(const registry::v1::Profile& profile) {
  v1::SessionProfile shown;
  shown.set_kind(static_cast<v1::SessionProfile::Kind>(profile.kind()));
  shown.set_counsel_id(profile.counsel_id());
  shown.set_name(profile.name());
  *shown.mutable_scopes() = profile.scopes();
  shown.set_delegation_id(profile.delegation_id());
  return shown;
}

registry::v1::LogInPurpose PurposeOf(const Exchange& exchange) {
  return static_cast<registry::v1::LogInPurpose>(exchange.session.purpose());
}

void ShowProfiles(RegistryClient& registry, const ExchangePtr& exchange) {
  registry.ListProfiles(exchange->OutgoingFor(kCallTime), exchange->session.ticket(),
                        PurposeOf(*exchange), [exchange](const Profiles& listed) {
                          if (!listed.ok()) return exchange->Refuse(listed.status());
                          v1::ListSessionProfilesResponse answer;
                          for (const registry::v1::Profile& profile : listed->profiles()) {
                            *answer.add_profiles() = Shown(profile);
                          }
                          exchange->Answer(answer);
                        });
}

// What the profiles say of acting for `counsel`: whom one helps may also invite one anew.
v1::Session::ActingState StateOf(const ListProfilesResponse& listed, const std::string& counsel) {
  v1::Session::ActingState state = v1::Session::ENDED;
  for (const registry::v1::Profile& profile : listed.profiles()) {
    if (profile.counsel_id() != counsel) continue;
    if (profile.kind() != registry::v1::Profile::INVITED) return v1::Session::IN_FORCE;
    state = v1::Session::INVITED;
  }
  return state;
}

void ShowSession(const SessionParts& parts, const ExchangePtr& exchange) {
  const auto show = [idle = parts.sessions.times().idle, exchange](v1::Session::ActingState state) {
    exchange->Answer(AnswerFor(exchange->session, state, exchange->now(), idle));
  };
  const v1::StoredSession& session = exchange->session;
  if (session.acting_for() == session.person_id()) return show(v1::Session::IN_FORCE);
  parts.registry.ListProfiles(exchange->OutgoingFor(kCallTime), session.ticket(),
                              PurposeOf(*exchange), [show, exchange](const Profiles& listed) {
                                show(listed.ok() ? StateOf(*listed, exchange->session.acting_for())
                                                 : v1::Session::UNCONFIRMED);
                              });
}

void AnswerSwitched(const SessionStore& sessions, Exchange& exchange, const std::string& token,
                    const v1::StoredSession& next) {
  exchange.AddHeader("Set-Cookie", SetCookie(kSessionCookie, token, SameSite::kStrict));
  exchange.Answer(AnswerFor(next, v1::Session::IN_FORCE, exchange.now(), sessions.times().idle));
}

// From now on identity renews no ticket that was given under an older token, should Redis bring one
// back. A session of which it does not hear goes on with the ticket that it has.
void TakeNewTicket(const SessionParts& parts, const ExchangePtr& exchange, const std::string& token,
                   const v1::StoredSession& next) {
  identity::v1::RotateSessionRequest request;
  request.set_ticket(next.ticket());
  request.set_end_user_ip(exchange->request().peer_address);
  parts.identity.RotateSession(
      exchange->OutgoingFor(kCallTime), std::move(request),
      [&sessions = parts.sessions, exchange, token,
       next = next](const absl::StatusOr<identity::v1::RotateSessionResponse>& given) mutable {
        if (given.ok()) {
          next.set_ticket(given->ticket());
          next.set_ticket_expire_time_s(given->ticket_expire_time().seconds());
          sessions.Replace(SessionKeyOf(token), next);
        }
        AnswerSwitched(sessions, *exchange, token, next);
      });
}

// The session goes on under a new token: nothing that was sent for one profile is taken for
// another.
void Switch(const SessionParts& parts, const ExchangePtr& exchange, const std::string& counsel) {
  const std::string token = NewToken();
  v1::StoredSession next = exchange->session;
  next.set_acting_for(counsel);
  next.set_csrf_token(NewToken());
  next.set_predecessor(exchange->session_key);
  parts.sessions.Rotate({exchange->session_key, SessionKeyOf(token), exchange->session, next,
                         BrowserContextOf(*exchange)},
                        [parts, exchange, token, next](const absl::Status& rotated) {
                          rotated.ok() ? TakeNewTicket(parts, exchange, token, next)
                                       : exchange->Refuse(rotated);
                        });
}

void SwitchProfile(const SessionParts& parts, const ExchangePtr& exchange,
                   const std::string& counsel) {
  if (!exchange->session.successor().empty()) return exchange->Refuse(Refuse(kConflictRetry));
  parts.registry.ListProfiles(exchange->OutgoingFor(kCallTime), exchange->session.ticket(),
                              PurposeOf(*exchange),
                              [parts, exchange, counsel](const Profiles& profiles) {
                                if (!profiles.ok()) return exchange->Refuse(profiles.status());
                                if (StateOf(*profiles, counsel) != v1::Session::IN_FORCE) {
                                  return exchange->Refuse(Refuse(kProfileNotYours));
                                }
                                Switch(parts, exchange, counsel);
                              });
}

}  // namespace

const Reason kProfileNotYours{"PROFILE_NOT_YOURS",
                              absl::StatusCode::kPermissionDenied,
                              {"Not your profile", "You may not act for this counsel."},
                              {"Inte din profil", "Du får inte handla för det här biträdet."}};

void AddSessionHandlers(const SessionParts& parts, Handlers& handlers) {
  handlers.Add<v1::GetSessionRequest>(
      [parts](const ExchangePtr& exchange, const v1::GetSessionRequest& /*request*/) {
        ShowSession(parts, exchange);
      });
  handlers.Add<v1::ListSessionProfilesRequest>(
      [parts](const ExchangePtr& exchange, const v1::ListSessionProfilesRequest& /*request*/) {
        ShowProfiles(parts.registry, exchange);
      });
  handlers.Add<v1::SwitchProfileRequest>(
      [parts](const ExchangePtr& exchange, const v1::SwitchProfileRequest& request) {
        SwitchProfile(parts, exchange, request.counsel_id());
      });
}

}  // namespace bitrade::gateway
