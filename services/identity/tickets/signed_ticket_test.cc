#include "services/identity/tickets/signed_ticket.h"

#include "services/common/rpc/tickets.h"
#include "services/common/testing/catch.h"
#include "services/identity/testing/ticket_keys.h"

namespace bitrade::identity {
namespace {

using testing::ReasonOf;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
const Completion kCompletion{PersonId::Trusted("00000000-0000-7000-8000-000000000002"),
                             SessionId::Trusted("00000000-0000-7000-8000-000000000003"), "",
                             kNow - absl::Milliseconds(400)};

TEST_CASE("What identity signs is what every service verifies, for two minutes",
          "[identity][tickets]") {
  const TicketKeys keys;
  rpc::TicketVerifier verifier = keys.Verifier();
  const std::string text =
      SignTicket(FirstTicket(kCompletion, Method::kMobileBankId, kNow), keys.Signer());

  const auto verified = verifier.Verify(text, kNow);
  REQUIRE_OK(verified);
  CHECK((*verified)->person_id == kCompletion.person.text());
  CHECK((*verified)->session_id == kCompletion.session.text());
  CHECK((*verified)->method == "MOBILE_BANKID");
  CHECK((*verified)->assurance == 3);
  CHECK((*verified)->expire_time == kNow + absl::Seconds(120));
  CHECK_FALSE(verifier.Verify(text, kNow + absl::Seconds(130)).ok());
}

TEST_CASE("A ticket that has ended is read back to be renewed", "[identity][tickets]") {
  const TicketKeys keys;
  const Ticket first = FirstTicket(kCompletion, Method::kMobileBankId, kNow);
  rpc::TicketVerifier verifier = keys.Verifier();
  const absl::Time later = kNow + absl::Minutes(50);
  const auto verified = verifier.VerifyEnded(SignTicket(first, keys.Signer()), later, kSessionTime);
  REQUIRE_OK(verified);

  const auto old = ReadTicket(**verified);
  REQUIRE_OK(old);
  CHECK(old->person == first.person);
  CHECK(old->session == first.session);
  CHECK(old->session_time == absl::FromUnixSeconds(absl::ToUnixSeconds(kCompletion.time)));
  REQUIRE_OK(Renew(*old, {}, later));
  CHECK(ReasonOf(Renew(*old, {.epoch = kNow}, later)) == "SESSION_REVOKED");
}

TEST_CASE("While keys change, tickets of the old one hold, and are renewed under the new one",
          "[identity][tickets]") {
  TicketKeys keys;
  const Ticket first = FirstTicket(kCompletion, Method::kMobileBankId, kNow);
  const std::string old = SignTicket(first, keys.Signer());
  keys.Add("t2");
  rpc::TicketVerifier both = keys.Verifier();
  CHECK(both.Verify(old, kNow).ok());
  const absl::Time later = kNow + absl::Minutes(30);
  const auto verified = both.VerifyEnded(old, later, kSessionTime);
  REQUIRE_OK(verified);
  const auto renewed = Renew(*ReadTicket(**verified), {}, later);
  REQUIRE_OK(renewed);
  const std::string fresh = SignTicket(*renewed, keys.Signer("t2"));

  keys.Forget("t1");

  rpc::TicketVerifier one = keys.Verifier();
  CHECK(one.Verify(fresh, later).ok());
  CHECK_FALSE(one.Verify(old, kNow).ok());
  CHECK_FALSE(one.VerifyEnded(old, later, kSessionTime).ok());
}

TEST_CASE("A ticket of nobody is no ticket", "[identity][tickets]") {
  rpc::Ticket verified{
      .person_id = "somebody", .session_id = kCompletion.session.text(), .method = "MOBILE_BANKID"};
  CHECK(ReasonOf(ReadTicket(verified)) == "TICKET_INVALID");
  verified.person_id = kCompletion.person.text();
  CHECK(ReadTicket(verified).ok());
  verified.method = "PASSWORD";
  CHECK(ReasonOf(ReadTicket(verified)) == "TICKET_INVALID");
}

}  // namespace
}  // namespace bitrade::identity
