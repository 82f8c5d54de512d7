#include "services/common/rpc/tickets.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "bitrade/identity/v1/ticket.pb.h"
#include "services/common/testing/catch.h"

namespace bitrade::rpc {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

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
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / absl::StrCat("bitrade-tickets-", getpid());
  crypto::Signer Signer() const {
    return crypto::Signer::Load((folder / "t1.pem").string()).value();
  }
};

std::string Signed(const crypto::Signer& signer, absl::Time expire) {
  identity::v1::Ticket ticket;
  ticket.set_person_id("p");
  ticket.set_expire_time_s(absl::ToUnixSeconds(expire));
  identity::v1::SignedTicket envelope;
  envelope.set_ticket(ticket.SerializeAsString());
  envelope.set_signature(signer.Sign(envelope.ticket()));
  envelope.set_key_id(signer.key_id());
  return envelope.SerializeAsString();
}

TEST_CASE("A ticket holds until it ends", "[rpc][unit]") {
  const Keys keys;
  TicketVerifier verifier(crypto::Verifier::Load((keys.folder / "public").string()).value());
  const std::string ticket = Signed(keys.Signer(), kNow + absl::Seconds(120));
  REQUIRE_OK(verifier.Verify(ticket, kNow));
  CHECK((*verifier.Verify(ticket, kNow))->person_id == "p");
  CHECK(testing::CodeOf(verifier.Verify(ticket, kNow + absl::Seconds(130))) ==
        absl::StatusCode::kUnauthenticated);
  CHECK(verifier.VerifyEnded(ticket, kNow + absl::Hours(1), absl::Hours(8)).ok());
  CHECK_FALSE(verifier.VerifyEnded(ticket, kNow + absl::Hours(9), absl::Hours(8)).ok());
}

TEST_CASE("What tickets are remembered is bounded", "[rpc][unit]") {
  const Keys keys;
  TicketVerifier verifier(crypto::Verifier::Load((keys.folder / "public").string()).value(), 4);
  const std::string first = Signed(keys.Signer(), kNow + absl::Seconds(120));
  REQUIRE_OK(verifier.Verify(first, kNow));
  for (int i = 0; i < 20; ++i) {
    REQUIRE_OK(verifier.Verify(Signed(keys.Signer(), kNow + absl::Seconds(i)), kNow));
    CHECK(verifier.remembered() <= 8);
  }
  CHECK(verifier.remembered() >= 4);
  REQUIRE_OK(verifier.Verify(first, kNow));
}

TEST_CASE("A forged, changed or foreign ticket is refused", "[rpc][unit]") {
  const Keys keys;
  TicketVerifier verifier(crypto::Verifier::Load((keys.folder / "public").string()).value());
  identity::v1::SignedTicket envelope;
  envelope.ParseFromString(Signed(keys.Signer(), kNow + absl::Seconds(120)));
  envelope.mutable_ticket()->append("x");
  CHECK_FALSE(verifier.Verify(envelope.SerializeAsString(), kNow).ok());
  envelope.ParseFromString(Signed(keys.Signer(), kNow + absl::Seconds(120)));
  envelope.set_key_id("t2");
  CHECK_FALSE(verifier.Verify(envelope.SerializeAsString(), kNow).ok());
  CHECK_FALSE(verifier.Verify("garbage", kNow).ok());
}

}  // namespace
}  // namespace bitrade::rpc
