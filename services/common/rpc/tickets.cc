#include "services/common/rpc/tickets.h"

#include <utility>

#include "bitrade/identity/v1/ticket.pb.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/error.h"

namespace bitrade::rpc {
namespace {

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

std::shared_ptr<const Ticket> TicketVerifier::Recall(absl::string_view signed_ticket) {
  const std::lock_guard lock(mutex_);
  if (const auto found = young_.find(signed_ticket); found != young_.end()) return found->second;
  const auto found = old_.find(signed_ticket);
  return found == old_.end() ? nullptr : found->second;
}

void TicketVerifier::Remember(absl::string_view signed_ticket,
                              std::shared_ptr<const Ticket> ticket) {
  const std::lock_guard lock(mutex_);
  if (young_.size() >= most_remembered_) {
    old_ = std::move(young_);
    young_.clear();
  }
  young_[std::string(signed_ticket)] = std::move(ticket);
}

size_t TicketVerifier::remembered() {
  const std::lock_guard lock(mutex_);
  return young_.size() + old_.size();
}

absl::StatusOr<std::shared_ptr<const Ticket>> TicketVerifier::Verify(
    absl::string_view signed_ticket, absl::Time now) {
  std::shared_ptr<const Ticket> ticket = Recall(signed_ticket);
  if (ticket == nullptr) {
    ASSIGN_OR_RETURN(ticket, Parse(signed_ticket));
    Remember(signed_ticket, ticket);
  }
  if (now > ticket->expire_time + kClockSkew) return Refuse(kUnauthenticated);
  return ticket;
}

}  // namespace bitrade::rpc
