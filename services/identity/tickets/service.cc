#include "services/identity/tickets/service.h"

#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"
#include "services/identity/tickets/signed_ticket.h"

namespace bitrade::identity {

grpc::ServerUnaryReactor* TicketService::RenewTicket(grpc::CallbackServerContext* context,
                                                     const v1::RenewTicketRequest* request,
                                                     v1::RenewTicketResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Renewed(reading, asked);
  });
}

absl::StatusOr<v1::RenewTicketResponse> TicketService::Renewed(
    rpc::Reading& reading, const v1::RenewTicketRequest& request) {
  // Of any age that a session has: the trail tells whose it was that rested for too long.
  const auto verified = verifier_.VerifyEnded(request.ticket(), reading.now(), kSessionTime);
  if (!verified.ok()) {
    reading.Note(audit::Circumstance::kWhy, kTicketInvalid.name);
    return Refuse(kTicketInvalid);
  }
  ASSIGN_OR_RETURN(const Ticket old, ReadTicket(**verified));
  reading.Saw(old.person.text());
  reading.Saw(old.session.text());
  const Revocation revocation = store_.Find(reading.tx(), {old.person, old.session});
  reading.Note(audit::Circumstance::kWhy, WhyOver(old, revocation, reading.now()));
  ASSIGN_OR_RETURN(const Ticket renewed, Renew(old, revocation, reading.now()));
  v1::RenewTicketResponse response;
  response.set_ticket(SignTicket(renewed, signer_));
  rpc::SetTime(renewed.expire_time, *response.mutable_ticket_expire_time());
  return response;
}

}  // namespace bitrade::identity
