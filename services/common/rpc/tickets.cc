#include "services/common/rpc/tickets.h"

#include "bitrade/identity/v1/ticket.pb.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/error.h"

namespace bitrade::rpc {
namespace {

// Far more than the sessions that one process serves in two minutes; then those that have ended are
// dropped.
constexpr size_t kMostRemembered = 20'000;
// Clocks of two hosts differ by less.
constexpr absl::Duration kClockSkew = absl::Seconds(5);

}  // namespace

absl::StatusOr<std::shared_ptr<const Ticket>> TicketVerifier::Parse(
    absl::string_view signed_ticket) const {
  identity::v1::SignedTicket envelope;
  identity::v1::Ticket body;
  if (!envelope.ParseFromArray(signed_ticket.data(), static_cast<int>(signed_ticket.size())) ||
      !keys_.Verify(envelope.key_id(), envelope.ticket(), envelope.signature()) ||
      !body.ParseFromString(envelope.ticket())) {
    return Refuse(kUnauthenticated);
  }
  auto ticket = std::make_shared<Ticket>();
  ticket->person_id = body.person_id();
  ticket->session_id = body.session_id();
  ticket->method = body.method();
  ticket->assurance = body.assurance();
  ticket->auth_time = absl::FromUnixSeconds(body.auth_time_s());
  ticket->session_time = absl::FromUnixSeconds(body.session_time_s());
  ticket->expire_time = absl::FromUnixSeconds(body.expire_time_s());
  return ticket;
}

absl::StatusOr<std::shared_ptr<const Ticket>> TicketVerifier::VerifyEnded(
    absl::string_view signed_ticket, absl::Time now, absl::Duration grace) {
  ASSIGN_OR_RETURN(std::shared_ptr<const Ticket> ticket, Parse(signed_ticket));
  if (now > ticket->expire_time + grace) return Refuse(kUnauthenticated);
  return ticket;
}

absl::StatusOr<std::shared_ptr<const Ticket>> TicketVerifier::Verify(
    absl::string_view signed_ticket, absl::Time now) {
  std::shared_ptr<const Ticket> ticket;
  {
    const std::lock_guard lock(mutex_);
    const auto found = verified_.find(signed_ticket);
    if (found != verified_.end()) ticket = found->second;
  }
  if (ticket == nullptr) {
    ASSIGN_OR_RETURN(ticket, Parse(signed_ticket));
    const std::lock_guard lock(mutex_);
    if (verified_.size() >= kMostRemembered) {
      absl::erase_if(verified_,
                     [now](const auto& entry) { return entry.second->expire_time < now; });
    }
    if (verified_.size() < kMostRemembered) verified_.emplace(signed_ticket, ticket);
  }
  if (now > ticket->expire_time + kClockSkew) return Refuse(kUnauthenticated);
  return ticket;
}

}  // namespace bitrade::rpc
