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

absl::string_view WhyOver(const Ticket& old, const Revocation& revocation, absl::Time now) {
  if (revocation.epoch == absl::InfiniteFuture()) return "ENDED";
  if (old.session_time <= revocation.epoch) return "EPOCH";
  if (now >= old.session_time + kSessionTime) return "ABSOLUTE_TIME";
  if (old.expire_time < revocation.rotate_time + kTicketTime) return "ROTATED";
  return now >= old.expire_time + kLongestRest ? "RESTED" : "";
}

absl::StatusOr<Ticket> Renew(const Ticket& old, const Revocation& revocation, absl::Time now) {
  if (!WhyOver(old, revocation, now).empty()) return Refuse(kSessionRevoked);
  return Issued(old, now);
}

}  // namespace bitrade::identity
