#include "gateway/handlers/session.h"

#include <algorithm>

#include "bitrade/gateway/v1/session_service.pb.h"
#include "gateway/pipeline/cookies.h"
#include "gateway/sessions/session_store.h"
#include "google/protobuf/empty.pb.h"

namespace bitrade::gateway {
namespace {

// The request that asks has just prolonged the idle time.
v1::Session AnswerFor(const v1::StoredSession& session, absl::Time now, absl::Duration idle) {
  v1::Session answer;
  answer.set_person_id(session.person_id());
  answer.set_name(session.name());
  answer.set_method(session.method());
  answer.set_acting_for(session.acting_for());
  answer.set_csrf_token(session.csrf_token());
  answer.mutable_auth_time()->set_seconds(session.auth_time_s());
  answer.mutable_idle_expire_time()->set_seconds(
      std::min(absl::ToUnixSeconds(now + idle), session.absolute_expire_time_s()));
  answer.mutable_absolute_expire_time()->set_seconds(session.absolute_expire_time_s());
  return answer;
}

void EndSession(SessionStore& sessions, const ExchangePtr& exchange) {
  sessions.End(exchange->session_key, [exchange](const absl::Status& ended) {
    if (!ended.ok()) return exchange->Refuse(ended);
    exchange->AddHeader("Set-Cookie", ClearCookie(kSessionCookie));
    exchange->AddHeader("Clear-Site-Data", "\"cookies\", \"storage\"");
    exchange->Answer(google::protobuf::Empty::default_instance());
  });
}

}  // namespace

void AddSessionHandlers(SessionStore& sessions, Handlers& handlers) {
  handlers.Add<v1::GetSessionRequest>(
      [&sessions](const ExchangePtr& exchange, const v1::GetSessionRequest& /*request*/) {
        exchange->Answer(AnswerFor(exchange->session, exchange->now(), sessions.times().idle));
      });
  handlers.Add<v1::EndSessionRequest>(
      [&sessions](const ExchangePtr& exchange, const v1::EndSessionRequest& /*request*/) {
        EndSession(sessions, exchange);
      });
}

}  // namespace bitrade::gateway
