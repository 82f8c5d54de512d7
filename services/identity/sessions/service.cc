#include "services/identity/sessions/service.h"

#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"
#include "services/identity/tickets/signed_ticket.h"

namespace bitrade::identity {
namespace {

// The one cause for which a session goes on under another token.
constexpr absl::string_view kOtherProfile = "PROFILE";

// Returns the id that `text` of the request's member `field` is. Errors: INVALID_REQUEST.
template <typename Id>
absl::StatusOr<Id> ReadId(const char* field, const std::string& text) {
  absl::StatusOr<Id> id = Id::Parse(text);
  if (id.ok()) return id;
  Violations violations;
  violations.Add(field, "MALFORMED", id.status().message());
  return violations.ToStatus();
}

absl::Status CheckOfficer(const rpc::Caller& caller) {
  if (!caller.officer.empty()) return absl::OkStatus();
  Violations violations;
  violations.Add("bitrade-officer", "REQUIRED", "who ends the sessions, as metadata");
  return violations.ToStatus();
}

// Why a session ends, as the gateway says; "" where it does not.
absl::string_view CauseOf(const v1::EndSessionRequest& request) {
  if (request.cause() == v1::EndSessionRequest::CAUSE_UNSPECIFIED) return "";
  return v1::EndSessionRequest::Cause_Name(request.cause());
}

void NoteWhy(rpc::Changing& changing, absl::string_view why, absl::string_view address) {
  changing.Note(audit::Circumstance::kWhy, why);
  changing.Note(audit::Circumstance::kAddress, address);
}

}  // namespace

absl::StatusOr<Ticket> SessionService::Held(rpc::Changing& changing, const std::string& ticket) {
  const auto verified = verifier_.Verify(ticket, changing.now());
  if (verified.ok()) return ReadTicket(**verified);
  changing.Note(audit::Circumstance::kWhy, kTicketInvalid.name);
  return Refuse(kTicketInvalid);
}

grpc::ServerUnaryReactor* SessionService::RotateSession(grpc::CallbackServerContext* context,
                                                        const v1::RotateSessionRequest* request,
                                                        v1::RotateSessionResponse* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Rotated(changing, asked); });
}

absl::StatusOr<v1::RotateSessionResponse> SessionService::Rotated(
    rpc::Changing& changing, const v1::RotateSessionRequest& request) {
  ASSIGN_OR_RETURN(const Ticket old, Held(changing, request.ticket()));
  const OwnedSession session{old.person, old.session};
  const absl::Time from = RotateTime(changing.now());
  const Revocation revocation = store_.Find(changing.tx(), session);
  const absl::string_view over = WhyOver(old, revocation, from);
  NoteWhy(changing, over.empty() ? kOtherProfile : over, request.end_user_ip());
  ASSIGN_OR_RETURN(const Ticket next, Renew(old, revocation, from));
  store_.Rotate(changing.tx(), session, from);
  changing.Saw(old.person.text());
  changing.Saw(old.session.text());
  v1::RotateSessionResponse response;
  response.set_ticket(SignTicket(next, signer_));
  rpc::SetTime(next.expire_time, *response.mutable_ticket_expire_time());
  return response;
}

grpc::ServerUnaryReactor* SessionService::EndSession(grpc::CallbackServerContext* context,
                                                     const v1::EndSessionRequest* request,
                                                     v1::EndSessionResponse* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Ended(changing, asked); });
}

// Whose session it is needs no look: the end concerns only tickets of both this person and this
// session.
absl::StatusOr<v1::EndSessionResponse> SessionService::Ended(rpc::Changing& changing,
                                                             const v1::EndSessionRequest& request) {
  ASSIGN_OR_RETURN(const Ticket held, Held(changing, request.ticket()));
  ASSIGN_OR_RETURN(const SessionId session, ReadId<SessionId>("session_id", request.session_id()));
  store_.End(changing.tx(), {held.person, session}, changing.now());
  changing.Saw(held.person.text());
  changing.Saw(session.text());
  NoteWhy(changing, CauseOf(request), request.end_user_ip());
  if (held.session != session) {
    changing.Note(audit::Circumstance::kAskedIn, held.session.text());
  }
  return v1::EndSessionResponse();
}

grpc::ServerUnaryReactor* SessionService::RevokeSessions(grpc::CallbackServerContext* context,
                                                         const v1::RevokeSessionsRequest* request,
                                                         v1::RevokeSessionsResponse* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Revoked(changing, asked); });
}

absl::StatusOr<v1::RevokeSessionsResponse> SessionService::Revoked(
    rpc::Changing& changing, const v1::RevokeSessionsRequest& request) {
  ASSIGN_OR_RETURN(const Ticket held, Held(changing, request.ticket()));
  store_.EndAll(changing.tx(), held.person, changing.now());
  changing.Saw(held.person.text());
  NoteWhy(changing, "ALL_ENDED", request.end_user_ip());
  changing.Note(audit::Circumstance::kAskedIn, held.session.text());
  return v1::RevokeSessionsResponse();
}

grpc::ServerUnaryReactor* SessionDeskService::EndPersonSessions(
    grpc::CallbackServerContext* context, const v1::EndPersonSessionsRequest* request,
    v1::EndPersonSessionsResponse* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Ended(changing, asked); });
}

absl::StatusOr<v1::EndPersonSessionsResponse> SessionDeskService::Ended(
    rpc::Changing& changing, const v1::EndPersonSessionsRequest& request) {
  RETURN_IF_ERROR(CheckOfficer(changing.caller()));
  ASSIGN_OR_RETURN(const PersonId person, ReadId<PersonId>("person_id", request.person_id()));
  if (!store_.EndAll(changing.tx(), person, changing.now())) return Refuse(kNotFound);
  changing.Saw(person.text());
  changing.Note(audit::Circumstance::kWhy, "SUPPORT");
  return v1::EndPersonSessionsResponse();
}

}  // namespace bitrade::identity
