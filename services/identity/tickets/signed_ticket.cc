#include "services/identity/tickets/signed_ticket.h"

#include "bitrade/identity/v1/ticket.pb.h"

namespace bitrade::identity {

std::string SignTicket(const Ticket& ticket, const crypto::Signer& signer) {
  v1::Ticket body;
  body.set_person_id(ticket.person.text());
  body.set_session_id(ticket.session.text());
  body.set_method(std::string(Name(ticket.method)));
  body.set_assurance(ticket.assurance);
  body.set_auth_time_s(absl::ToUnixSeconds(ticket.auth_time));
  body.set_session_time_s(absl::ToUnixSeconds(ticket.session_time));
  body.set_issue_time_s(absl::ToUnixSeconds(ticket.issue_time));
  body.set_expire_time_s(absl::ToUnixSeconds(ticket.expire_time));
  v1::SignedTicket envelope;
  envelope.set_ticket(body.SerializeAsString());
  envelope.set_signature(signer.Sign(envelope.ticket()));
  envelope.set_key_id(signer.key_id());
  return envelope.SerializeAsString();
}

absl::StatusOr<Ticket> ReadTicket(const rpc::Ticket& verified) {
  const absl::StatusOr<PersonId> person = PersonId::Parse(verified.person_id);
  const absl::StatusOr<SessionId> session = SessionId::Parse(verified.session_id);
  const std::optional<Method> method = ParseMethod(verified.method);
  if (!person.ok() || !session.ok() || !method) return Refuse(kTicketInvalid);
  return Ticket{.person = *person,
                .session = *session,
                .method = *method,
                .assurance = verified.assurance,
                .auth_time = verified.auth_time,
                .session_time = verified.session_time,
                .issue_time = absl::Time(),
                .expire_time = verified.expire_time};
}

}  // namespace bitrade::identity
