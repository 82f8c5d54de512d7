#include "services/identity/domain/ticket.h"

#include "services/common/testing/catch.h"

namespace bitrade::identity {
namespace {

using bitrade::testing::ReasonOf;

const absl::Time kBegan = absl::FromUnixSeconds(1'790'000'000);

Ticket First() {
  const Completion completion{PersonId::Trusted("00000000-0000-7000-8000-000000000002"),
                              SessionId::Trusted("00000000-0000-7000-8000-000000000003"),
                              "1.2.3.4.25", kBegan};
  return FirstTicket(completion, Method::kMobileBankId, kBegan + absl::Seconds(5));
}

TEST_CASE("A first ticket holds for two minutes from its making", "[identity][domain]") {
  const Ticket ticket = First();

  CHECK(ticket.auth_time == kBegan);
  CHECK(ticket.session_time == kBegan);
  CHECK(ticket.assurance == 3);
  CHECK(ticket.issue_time == kBegan + absl::Seconds(5));
  CHECK(ticket.expire_time == kBegan + absl::Seconds(125));
}

TEST_CASE("Renewing keeps person, session and time of authentication", "[identity][domain]") {
  const absl::Time now = kBegan + absl::Minutes(50);

  const auto renewed = Renew(First(), {}, now);

  REQUIRE_OK(renewed);
  CHECK(renewed->person == First().person);
  CHECK(renewed->session == First().session);
  CHECK(renewed->auth_time == kBegan);
  CHECK(renewed->session_time == kBegan);
  CHECK(renewed->expire_time == now + absl::Seconds(120));
}

TEST_CASE("A session is not renewed after a revocation that is not older than it",
          "[identity][domain]") {
  const absl::Time now = kBegan + absl::Minutes(5);

  CHECK(Renew(First(), {.epoch = kBegan - absl::Seconds(1)}, now).ok());
  CHECK(ReasonOf(Renew(First(), {.epoch = kBegan}, now)) == "SESSION_REVOKED");
  CHECK(ReasonOf(Renew(First(), {.epoch = kBegan + absl::Minutes(1)}, now)) == "SESSION_REVOKED");
}

TEST_CASE("A ticket of the second in which its session went on under another token is an old one",
          "[identity][domain]") {
  const absl::Time given = kBegan + absl::Seconds(5);  // when First() was
  const Revocation rotated{.rotate_time = RotateTime(given + absl::Milliseconds(900))};
  CHECK(ReasonOf(Renew(First(), rotated, given)) == "SESSION_REVOKED");
  const auto fresh = Renew(First(), {}, rotated.rotate_time);
  REQUIRE_OK(fresh);
  CHECK(fresh->expire_time <= given + kTicketTime + absl::Seconds(1));
  CHECK(Renew(*fresh, rotated, given + absl::Minutes(1)).ok());
  CHECK(Renew(First(), {.rotate_time = given}, given).ok());
}

TEST_CASE("Each end of a session has its word", "[identity][domain]") {
  const absl::Time now = kBegan + absl::Minutes(1);
  CHECK(WhyOver(First(), {}, now) == "");
  CHECK(WhyOver(First(), {.epoch = absl::InfiniteFuture()}, now) == "ENDED");
  CHECK(WhyOver(First(), {.epoch = now}, now) == "EPOCH");
  CHECK(WhyOver(First(), {.rotate_time = now}, now) == "ROTATED");
  CHECK(WhyOver(First(), {}, First().expire_time + kLongestRest) == "RESTED");
  CHECK(WhyOver(First(), {}, kBegan + kSessionTime) == "ABSOLUTE_TIME");
}

TEST_CASE("No ticket outlives the eight hours of its session", "[identity][domain]") {
  const absl::Time end = kBegan + absl::Hours(8);
  Ticket used = First();
  used.expire_time = end - absl::Minutes(10);

  const auto last = Renew(used, {}, end - absl::Seconds(30));

  REQUIRE_OK(last);
  CHECK(last->expire_time == end);
  CHECK(ReasonOf(Renew(used, {}, end)) == "SESSION_REVOKED");
}

TEST_CASE("A session that rested longer than any may is over, whatever kept its ticket",
          "[identity][domain]") {
  const absl::Time end = First().expire_time + absl::Hours(1);

  CHECK(Renew(First(), {}, end - absl::Seconds(1)).ok());
  CHECK(ReasonOf(Renew(First(), {}, end)) == "SESSION_REVOKED");
}

}  // namespace
}  // namespace bitrade::identity
