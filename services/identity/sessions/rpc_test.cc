// Ending sessions and renewing their tickets over the wire, as the gateway does.
#include "services/common/rpc/testing/server.h"
#include "services/identity/sessions/service.h"
#include "services/identity/testing/bench.h"
#include "services/identity/testing/ticket_keys.h"
#include "services/identity/tickets/service.h"
#include "services/identity/tickets/signed_ticket.h"

namespace bitrade::identity {
namespace {

using testing::ReasonOf;

const SessionId kOne = SessionId::Trusted("00000000-0000-7000-8000-0000000000b1");
const SessionId kOther = SessionId::Trusted("00000000-0000-7000-8000-0000000000b2");

// Identity's sessions, and the gateway that renews and ends them.
struct House : Bench {
  House() {
    server.Serve(std::make_unique<SessionService>(server.rpc(), verifier, signer, revocations));
    server.Serve(std::make_unique<TicketService>(server.rpc(), verifier, signer, revocations));
    server.Serve(std::make_unique<SessionDeskService>(server.rpc(), revocations));
    server.Start();
    desk = std::make_unique<rpc::testing::Client>(keys, server, "support-desk");
    desk_stub = v1::SessionDeskService::NewStub(desk->channel());
    gateway = std::make_unique<rpc::testing::Client>(keys, server, "gateway");
    sessions_stub = v1::SessionService::NewStub(gateway->channel());
    tickets_stub = v1::TicketService::NewStub(gateway->channel());
  }

  // How many rows tell of `outcome` that it happened for `why`.
  int Told(const std::string& outcome, const std::string& why) {
    return Count("audit WHERE outcome = '" + outcome + "' AND circumstances ->> 'why' = '" + why +
                 "'");
  }
  // The first ticket of a session that begins now.
  std::string Begin(const SessionId& session, const PersonId& who) const {
    const Completion completion{who, session, "", clock.TimeNow()};
    return SignTicket(FirstTicket(completion, Method::kMobileBankId, clock.TimeNow()), signer);
  }
  absl::StatusOr<v1::RenewTicketResponse> Renew(const std::string& ticket) {
    v1::RenewTicketRequest request;
    request.set_ticket(ticket);
    return gateway->Call(*tickets_stub, &v1::TicketService::Stub::RenewTicket, request);
  }
  absl::StatusOr<v1::RotateSessionResponse> Rotate(const std::string& ticket) {
    v1::RotateSessionRequest request;
    request.set_ticket(ticket);
    return gateway->Call(*sessions_stub, &v1::SessionService::Stub::RotateSession, request);
  }
  absl::Status End(const std::string& ticket, const std::string& session) {
    v1::EndSessionRequest request;
    request.set_ticket(ticket);
    request.set_session_id(session);
    request.set_cause(v1::EndSessionRequest::ENDED_IN_LIST);
    request.set_end_user_ip("192.0.2.1");
    return gateway->Call(*sessions_stub, &v1::SessionService::Stub::EndSession, request).status();
  }
  absl::Status Revoke(const std::string& ticket) {
    v1::RevokeSessionsRequest request;
    request.set_ticket(ticket);
    return gateway->Call(*sessions_stub, &v1::SessionService::Stub::RevokeSessions, request)
        .status();
  }
  absl::Status EndOf(const std::string& person) {
    v1::EndPersonSessionsRequest request;
    request.set_person_id(person);
    return desk->Call(*desk_stub, &v1::SessionDeskService::Stub::EndPersonSessions, request)
        .status();
  }

  rpc::testing::Keys keys;
  rpc::testing::Server server{keys, {.name = "identity", .conninfo = database.conninfo()}, clock};
  TicketKeys ticket_keys;
  crypto::Signer signer = ticket_keys.Signer();
  rpc::TicketVerifier verifier = ticket_keys.Verifier();
  RevocationStore revocations;
  PersonId astrid = Enter(std::string("191212121212"));
  PersonId disa = Enter(std::string("199908072391"));
  std::unique_ptr<rpc::testing::Client> gateway, desk;
  std::unique_ptr<v1::SessionDeskService::Stub> desk_stub;
  std::unique_ptr<v1::SessionService::Stub> sessions_stub;
  std::unique_ptr<v1::TicketService::Stub> tickets_stub;
};

TEST_CASE("A session that was ended gets no other ticket, and every other session does",
          "[identity][postgres]") {
  House house;
  const std::string one = house.Begin(kOne, house.astrid),
                    other = house.Begin(kOther, house.astrid);
  const std::string same_id_elsewhere = house.Begin(kOne, house.disa);
  const auto renewed = house.Renew(one);
  REQUIRE_OK(renewed);

  REQUIRE_OK(house.End(other, kOne.text()));

  CHECK(ReasonOf(house.Renew(one)) == "SESSION_REVOKED");
  CHECK(ReasonOf(house.Renew(renewed->ticket())) == "SESSION_REVOKED");
  CHECK(house.Renew(other).ok());
  CHECK(house.Renew(same_id_elsewhere).ok());
  REQUIRE_OK(house.End(other, kOne.text()));
  CHECK(house.Told("SESSION_REVOKED", "ENDED") == 2);
  CHECK(house.Told("OK", "ENDED_IN_LIST") == 2);
  CHECK(house.Count("audit WHERE circumstances @> '{\"address\": \"192.0.2.1\", \"asked_in\": \"" +
                    kOther.text() + "\"}'") == 2);
}

TEST_CASE("A session that goes on is renewed by its new ticket alone, and goes on once from each",
          "[identity][postgres]") {
  House house;
  const std::string old = house.Begin(kOne, house.astrid),
                    other = house.Begin(kOther, house.astrid);
  const auto next = house.Rotate(old);
  REQUIRE_OK(next);
  CHECK(next->ticket_expire_time().seconds() <=
        absl::ToUnixSeconds(house.clock.TimeNow() + kTicketTime) + 1);
  CHECK(ReasonOf(house.Renew(old)) == "SESSION_REVOKED");
  CHECK(ReasonOf(house.Rotate(old)) == "SESSION_REVOKED");
  CHECK(house.Told("OK", "PROFILE") == 1);
  CHECK(house.Told("SESSION_REVOKED", "ROTATED") == 2);
  CHECK(house.Renew(other).ok());
  house.clock.Advance(absl::Minutes(1));
  const auto renewed = house.Renew(next->ticket());
  REQUIRE_OK(renewed);
  REQUIRE_OK(house.Rotate(renewed->ticket()));
  CHECK(ReasonOf(house.Renew(renewed->ticket())) == "SESSION_REVOKED");
  REQUIRE_OK(house.End(other, kOne.text()));
  CHECK(ReasonOf(house.Rotate(next->ticket())) == "SESSION_REVOKED");
}

TEST_CASE("Who ends all her sessions ends those that have begun and nobody else's",
          "[identity][postgres]") {
  House house;
  const std::string one = house.Begin(kOne, house.astrid), foreign = house.Begin(kOne, house.disa);
  house.clock.Advance(absl::Minutes(1));
  const std::string other = house.Begin(kOther, house.astrid);

  REQUIRE_OK(house.Revoke(one));

  CHECK(ReasonOf(house.Renew(one)) == "SESSION_REVOKED");
  CHECK(ReasonOf(house.Renew(other)) == "SESSION_REVOKED");
  CHECK(house.Renew(foreign).ok());
  CHECK(house.Told("OK", "ALL_ENDED") == 1);
  CHECK(house.Told("SESSION_REVOKED", "EPOCH") == 2);
  house.clock.Advance(absl::Seconds(1));
  const auto later = SessionId::Trusted("00000000-0000-7000-8000-0000000000b3");
  CHECK(house.Renew(house.Begin(later, house.astrid)).ok());
}

TEST_CASE("Support staff end all sessions of a person who asks for it, and it is said who did",
          "[identity][postgres]") {
  House house;
  const std::string one = house.Begin(kOne, house.astrid),
                    foreign = house.Begin(kOther, house.disa);

  REQUIRE_OK(house.EndOf(house.astrid.text()));

  CHECK(ReasonOf(house.Renew(one)) == "SESSION_REVOKED");
  CHECK(house.Renew(foreign).ok());
  CHECK(house.Told("OK", "SUPPORT") == 1);
  CHECK(house.Count("audit WHERE actor = 'support-desk' AND officer = 'officer-17' AND outcome = "
                    "'OK' AND object_ids = ARRAY['" +
                    house.astrid.text() + "']::uuid[]") == 1);
  CHECK(ReasonOf(house.EndOf(kOne.text())) == "NOT_FOUND");
  CHECK(ReasonOf(house.EndOf("somebody")) == "INVALID_REQUEST");
  house.clock.Advance(absl::Seconds(1));
  CHECK(house.Renew(house.Begin(kOther, house.astrid)).ok());
}

TEST_CASE("A session that rested for an hour is over, and the trail tells whose it was",
          "[identity][postgres]") {
  House house;
  const std::string one = house.Begin(kOne, house.astrid);
  house.clock.Advance(kTicketTime + kLongestRest);
  CHECK(ReasonOf(house.Renew(one)) == "SESSION_REVOKED");
  CHECK(house.Told("SESSION_REVOKED", "RESTED") == 1);
  CHECK(house.Count("audit WHERE object_ids = ARRAY['" + house.astrid.text() + "', '" +
                    kOne.text() + "']::uuid[]") == 1);
}

TEST_CASE("Only a ticket that holds ends anything", "[identity][postgres]") {
  House house;
  const std::string one = house.Begin(kOne, house.astrid);
  std::string forged = one;
  forged.back() = static_cast<char>(forged.back() ^ 1);
  for (const std::string& ticket : {forged, std::string("nonsense"), std::string()}) {
    CHECK(ReasonOf(house.End(ticket, kOne.text())) == "TICKET_INVALID");
    CHECK(ReasonOf(house.Revoke(ticket)) == "TICKET_INVALID");
    CHECK(ReasonOf(house.Rotate(ticket)) == "TICKET_INVALID");
  }
  CHECK(ReasonOf(house.End(one, "no id")) == "INVALID_REQUEST");
  house.clock.Advance(absl::Minutes(3));
  CHECK(ReasonOf(house.End(one, kOne.text())) == "TICKET_INVALID");
  CHECK(ReasonOf(house.Revoke(one)) == "TICKET_INVALID");
  CHECK(house.Told("TICKET_INVALID", "TICKET_INVALID") == 11);
  CHECK(house.Renew(one).ok());
  CHECK(house.Count("audit WHERE outcome = 'OK'") == 0);
}

}  // namespace
}  // namespace bitrade::identity
