#include "gateway/sessions/ticket_renewal.h"

#include <iterator>
#include <utility>

#include "gateway/clients/identity.h"
#include "gateway/sessions/session_store.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/base/clock.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {
namespace {

// A ticket lasts 120 s. In its last 30 it is renewed beside the requests that use it; in its last
// three, requests wait for the new one, which must still hold when it reaches the last service.
constexpr int64_t kRenewBefore = 30;
constexpr int64_t kWaitBefore = 3;

bool IsRefusal(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnauthenticated;
}

void TakeOver(const identity::v1::RenewTicketResponse& renewed, v1::StoredSession& session) {
  session.set_ticket(renewed.ticket());
  session.set_ticket_expire_time_s(renewed.ticket_expire_time().seconds());
}

absl::Status OutcomeOf(const absl::Status& renewed) {
  if (renewed.ok()) return renewed;
  return Refuse(IsRefusal(renewed) ? kSessionRequired : kUnavailable);
}

}  // namespace

TicketRenewal::~TicketRenewal() {
  std::unique_lock lock(mutex_);
  finished_.wait(lock, [this] { return under_way_.empty(); });
}

void TicketRenewal::Refresh(const std::string& key, v1::StoredSession& session,
                            const rpc::Outgoing& outgoing, Done done) {
  const int64_t left = session.ticket_expire_time_s() - absl::ToUnixSeconds(clock_.TimeNow());
  const bool goes_on = !session.successor().empty();
  if (left > (goes_on ? kWaitBefore : kRenewBefore)) return done(absl::OkStatus());
  const v1::StoredSession known = session;  // the waiter's is its own again once it is called
  if (left <= kWaitBefore) {
    if (Join(key, {{&session, std::move(done)}})) Renew(key, known, outgoing);
    return;
  }
  if (Join(key, {})) Renew(key, known, outgoing);
  done(absl::OkStatus());
}

bool TicketRenewal::Join(const std::string& key, std::vector<Waiter> waiter) {
  const std::lock_guard lock(mutex_);
  const auto [place, is_first] = under_way_.try_emplace(key);
  std::move(waiter.begin(), waiter.end(), std::back_inserter(place->second));
  return is_first;
}

void TicketRenewal::Renew(const std::string& key, const v1::StoredSession& session,
                          const rpc::Outgoing& outgoing) {
  identity::v1::RenewTicketRequest request;
  request.set_ticket(session.ticket());
  identity_.RenewTicket(outgoing, std::move(request), [this, key, session](const Renewed& renewed) {
    Finish(key, session, renewed);
  });
}

void TicketRenewal::Finish(const std::string& key, v1::StoredSession session,
                           const Renewed& renewed) {
  if (renewed.ok()) {
    TakeOver(*renewed, session);
    sessions_.Replace(key, session);
  } else if (IsRefusal(renewed.status())) {
    sessions_.Drop(key, session);
  }
  std::vector<Waiter> waiters;
  {
    const std::lock_guard lock(mutex_);
    waiters = std::move(under_way_.extract(key).mapped());
    finished_.notify_all();
  }
  for (Waiter& waiter : waiters) {
    if (renewed.ok()) TakeOver(*renewed, *waiter.session);
    waiter.done(OutcomeOf(renewed.status()));
  }
}

}  // namespace bitrade::gateway
