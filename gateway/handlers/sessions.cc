#include "gateway/handlers/sessions.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "bitrade/gateway/v1/session_service.pb.h"
#include "gateway/clients/identity.h"
#include "gateway/pipeline/cookies.h"
#include "gateway/sessions/session_store.h"
#include "google/protobuf/empty.pb.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {
namespace {

using EndCall = identity::v1::EndSessionRequest;
using Seen = SessionStore::Seen;
using SeenOrStatus = absl::StatusOr<std::vector<Seen>>;

constexpr std::chrono::milliseconds kCallTime{900};
constexpr int64_t kMinute = 60;

// What ends sessions.
struct Ending {
  SessionStore& sessions;
  IdentityClient& identity;
};

std::string WithLength(const std::string& network) {
  if (network.empty()) return "";
  return absl::StrCat(network, absl::StrContains(network, ':') ? "/48" : "/24");
}

v1::ListedSession Shown(const Seen& seen, const std::string& own_key) {
  const v1::StoredSession& session = seen.session;
  v1::ListedSession listed;
  listed.set_id(session.session_id());
  listed.set_method(session.method());
  listed.set_user_agent_family(session.user_agent_family());
  listed.set_network(WithLength(session.network()));
  listed.set_current(seen.key == own_key);
  listed.mutable_create_time()->set_seconds(session.create_time_ms() / 1000);
  const int64_t last_use = absl::ToUnixSeconds(seen.last_use);
  listed.mutable_last_use_time()->set_seconds(last_use - last_use % kMinute);
  return listed;
}

// Several rows of one session are one to the person; what was last is what she sees.
void Add(const v1::ListedSession& shown, v1::ListSessionsResponse& answer) {
  auto& all = *answer.mutable_sessions();
  const auto known = std::find_if(all.begin(), all.end(), [&shown](const v1::ListedSession& one) {
    return one.id() == shown.id();
  });
  if (known == all.end()) {
    *answer.add_sessions() = shown;
    return;
  }
  known->set_current(known->current() || shown.current());
  if (shown.last_use_time().seconds() < known->last_use_time().seconds()) return;
  known->set_network(shown.network());
  *known->mutable_last_use_time() = shown.last_use_time();
}

void ListSessions(SessionStore& sessions, const ExchangePtr& exchange) {
  sessions.List(exchange->session.person_id(), [exchange](const SeenOrStatus& all) {
    if (!all.ok()) return exchange->Refuse(all.status());
    v1::ListSessionsResponse answer;
    for (const Seen& seen : *all) {
      Add(Shown(seen, exchange->session_key), answer);
    }
    exchange->Answer(answer);
  });
}

void AnswerEnded(const ExchangePtr& exchange, const absl::Status& ended) {
  if (!ended.ok()) return exchange->Refuse(ended);
  exchange->Answer(google::protobuf::Empty::default_instance());
}

void ClearBrowser(Exchange& exchange) {
  exchange.AddHeader("Set-Cookie", ClearCookie(kSessionCookie));
  exchange.AddHeader("Clear-Site-Data", "\"cookies\", \"storage\"");
}

// `rows` are those of one session, which ends for `cause`. Identity first: once it knows, a row
// that Redis keeps, or gets back, is worth no more than the rest of its ticket. The rows go
// whatever identity says, for the person wants out; who is refused is told that somebody might
// bring the session back.
void End(const Ending& ending, const ExchangePtr& exchange, EndCall::Cause cause,
         std::vector<Seen> rows, std::function<void(const absl::Status&)> done) {
  EndCall request;
  request.set_ticket(exchange->session.ticket());
  request.set_session_id(rows.front().session.session_id());
  request.set_cause(cause);
  request.set_end_user_ip(exchange->request().peer_address);
  const auto end_rows = [&sessions = ending.sessions, rows = std::move(rows),
                         done = std::move(done)](const absl::Status& recorded) {
    const Seen last = rows.back();
    for (size_t i = 0; i + 1 < rows.size(); ++i) {
      sessions.End(rows[i].key, rows[i].session, [](const absl::Status& /*as the last one*/) {});
    }
    sessions.End(last.key, last.session, [done, recorded](const absl::Status& ended) {
      done(ended.ok() ? recorded : ended);
    });
  };
  ending.identity.EndSession(
      exchange->OutgoingFor(kCallTime), std::move(request),
      [end_rows](const absl::StatusOr<identity::v1::EndSessionResponse>& recorded) {
        end_rows(recorded.status());
      });
}

// A log-in that was taken up twice has two rows of one session.
std::vector<Seen> RowsOf(const std::vector<Seen>& all, const std::string& id) {
  std::vector<Seen> rows;
  for (const Seen& seen : all) {
    if (seen.session.session_id() == id) rows.push_back(seen);
  }
  return rows;
}

// The row that asks may be one that goes on elsewhere, which is not listed.
void EndOwn(const Ending& ending, const ExchangePtr& exchange) {
  ending.sessions.List(exchange->session.person_id(), [ending, exchange](const SeenOrStatus& all) {
    std::vector<Seen> rows{{exchange->session_key, exchange->session, exchange->now()}};
    if (all.ok()) {
      for (Seen& seen : RowsOf(*all, exchange->session.session_id())) {
        rows.push_back(std::move(seen));
      }
    }
    End(ending, exchange, EndCall::LOGGED_OUT, std::move(rows),
        [exchange](const absl::Status& ended) {
          ClearBrowser(*exchange);
          AnswerEnded(exchange, ended);
        });
  });
}

void EndListed(const Ending& ending, const ExchangePtr& exchange, const std::string& id) {
  ending.sessions.List(exchange->session.person_id(),
                       [ending, exchange, id](const SeenOrStatus& all) {
                         if (!all.ok()) return exchange->Refuse(all.status());
                         std::vector<Seen> rows = RowsOf(*all, id);
                         if (rows.empty()) return exchange->Refuse(Refuse(kNotFound));
                         End(ending, exchange, EndCall::ENDED_IN_LIST, std::move(rows),
                             [exchange, id](const absl::Status& ended) {
                               if (id == exchange->session.session_id()) ClearBrowser(*exchange);
                               AnswerEnded(exchange, ended);
                             });
                       });
}

// Once identity has raised the epoch, rows that Redis does not delete end with their tickets.
void EndAll(const Ending& ending, const ExchangePtr& exchange) {
  identity::v1::RevokeSessionsRequest request;
  request.set_ticket(exchange->session.ticket());
  request.set_end_user_ip(exchange->request().peer_address);
  ending.identity.RevokeSessions(
      exchange->OutgoingFor(kCallTime), std::move(request),
      [&sessions = ending.sessions,
       exchange](const absl::StatusOr<identity::v1::RevokeSessionsResponse>& revoked) {
        if (!revoked.ok()) return exchange->Refuse(revoked.status());
        sessions.EndAll(exchange->session.person_id(), [exchange](const absl::Status& /*above*/) {
          ClearBrowser(*exchange);
          AnswerEnded(exchange, absl::OkStatus());
        });
      });
}

}  // namespace

void AddSessionsHandlers(SessionStore& sessions, IdentityClient& identity, Handlers& handlers) {
  const Ending ending{sessions, identity};
  handlers.Add<v1::ListSessionsRequest>(
      [&sessions](const ExchangePtr& exchange, const v1::ListSessionsRequest& /*request*/) {
        ListSessions(sessions, exchange);
      });
  handlers.Add<v1::EndSessionRequest>(
      [ending](const ExchangePtr& exchange, const v1::EndSessionRequest& /*request*/) {
        EndOwn(ending, exchange);
      });
  handlers.Add<v1::EndListedSessionRequest>(
      [ending](const ExchangePtr& exchange, const v1::EndListedSessionRequest& request) {
        EndListed(ending, exchange, request.id());
      });
  handlers.Add<v1::EndAllSessionsRequest>(
      [ending](const ExchangePtr& exchange, const v1::EndAllSessionsRequest& /*request*/) {
        EndAll(ending, exchange);
      });
}

}  // namespace bitrade::gateway
