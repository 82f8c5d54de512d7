#include "gateway/pipeline/context_watch.h"

#include "gateway/pipeline/browser_context.h"
#include "gateway/sessions/rate_limits.h"
#include "gateway/sessions/session_store.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/crypto/digest.h"
#include "services/common/error/error.h"
#include "services/common/log/log.h"

namespace bitrade::gateway {
namespace {

// A session that began before this was kept has nothing to compare with.
bool Differs(const std::string& before, const std::string& now) {
  return !before.empty() && before != now;
}

void LogChange(const Exchange& exchange, bool browser, bool network) {
  const log::Level level = browser ? log::Level::kWarning : log::Level::kInfo;
  log::Write(level, "session used from elsewhere", exchange.now(),
             {{"session", exchange.session.session_id()},
              {"browser", browser ? "other" : "same"},
              {"network", network ? "other" : "same"},
              {"request_id", exchange.request_id()},
              {"traceparent", exchange.traceparent()}});
}

}  // namespace

void TakeContext(const http::Request& request, v1::StoredSession& session) {
  session.set_user_agent_hash(crypto::Sha256(request.Find("user-agent")));
  session.set_network(NetworkOf(request.peer_address));
}

absl::Status ContextWatch::Check(Exchange& exchange) {
  v1::StoredSession& session = exchange.session;
  if (!session.successor().empty()) {
    return IsOwnContext(exchange) ? absl::OkStatus() : Refuse(kSessionRequired);
  }
  v1::StoredSession now;
  TakeContext(exchange.request(), now);
  const bool browser = Differs(session.user_agent_hash(), now.user_agent_hash());
  const bool network = Differs(session.network(), now.network());
  if (!browser && !network) return absl::OkStatus();
  ++changes_;
  LogChange(exchange, browser, network);
  if (rule_ == ContextRule::kEnforce) return Refuse(kSessionRequired);
  TakeContext(exchange.request(), session);
  sessions_.Replace(exchange.session_key, session);
  return absl::OkStatus();
}

}  // namespace bitrade::gateway
