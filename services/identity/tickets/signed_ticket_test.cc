#include "services/identity/tickets/signed_ticket.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "services/common/rpc/tickets.h"
#include "services/common/testing/catch.h"

namespace bitrade::identity {
namespace {

using testing::ReasonOf;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
const Completion kCompletion{PersonId::Trusted("00000000-0000-7000-8000-000000000002"),
                             SessionId::Trusted("00000000-0000-7000-8000-000000000003"), "",
                             kNow - absl::Milliseconds(400)};

// Keys made by OpenSSL's own program, as operations makes them.
struct Keys {
  Keys() {
    std::filesystem::create_directories(folder / "public");
    const std::string pem = (folder / "t1.pem").string();
    REQUIRE(std::system(absl::StrCat("openssl genpkey -algorithm ed25519 -out ", pem,
                                     " 2>/dev/null && openssl pkey -in ", pem, " -pubout -out ",
                                     (folder / "public" / "t1.pem").string())
                            .c_str()) == 0);
  }
  ~Keys() { std::filesystem::remove_all(folder); }
  crypto::Signer Signer() const {
    return crypto::Signer::Load((folder / "t1.pem").string()).value();
  }
  rpc::TicketVerifier Verifier() const {
    return rpc::TicketVerifier(crypto::Verifier::Load((folder / "public").string()).value());
  }

  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / absl::StrCat("bitrade-signed-tickets-", getpid());
};

TEST_CASE("What identity signs is what every service verifies, for two minutes",
          "[identity][tickets]") {
  const Keys keys;
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
  const Keys keys;
  const Ticket first = FirstTicket(kCompletion, Method::kMobileBankId, kNow);
  rpc::TicketVerifier verifier = keys.Verifier();
  const absl::Time later = kNow + absl::Hours(2);
  const auto verified = verifier.VerifyEnded(SignTicket(first, keys.Signer()), later, kSessionTime);
  REQUIRE_OK(verified);

  const auto old = ReadTicket(**verified);
  REQUIRE_OK(old);
  CHECK(old->person == first.person);
  CHECK(old->session == first.session);
  CHECK(old->session_time == absl::FromUnixSeconds(absl::ToUnixSeconds(kCompletion.time)));
  REQUIRE_OK(Renew(*old, absl::InfinitePast(), later));
  CHECK(ReasonOf(Renew(*old, kNow, later)) == "SESSION_REVOKED");
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
