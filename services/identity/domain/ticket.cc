#include "services/identity/domain/ticket.h"

#include <algorithm>
#include <utility>

namespace bitrade::identity {
namespace {

// No ticket outlives its session.
Ticket Issued(Ticket ticket, absl::Time now) {
  ticket.issue_time = now;
  ticket.expire_time = std::min(now + kTicketTime, ticket.session_time + kSessionTime);
  return ticket;
}

}  // namespace

Ticket FirstTicket(const Completion& completion, Method method, absl::Time now) {
  const Ticket unissued{completion.person, completion.session, method,       kAssuranceLevel,
                        completion.time,   completion.time,    absl::Time(), absl::Time()};
  return Issued(unissued, now);
}

absl::Time RotateTime(absl::Time now) {
  return absl::FromUnixSeconds(absl::ToUnixSeconds(now)) + absl::Seconds(1);
}

absl::StatusOr<Ticket> Renew(const Ticket& old, const Revocation& revocation, absl::Time now) {
  const bool over = now >= old.session_time + kSessionTime;
  const bool ended = old.session_time <= revocation.epoch;
  const bool replaced = old.expire_time < revocation.rotate_time + kTicketTime;
  if (over || ended || replaced) return Refuse(kSessionRevoked);
  return Issued(old, now);
}

}  // namespace bitrade::identity
