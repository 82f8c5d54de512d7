// The start of a log-in over the wire, at providers that do not answer.
#include "services/common/rpc/testing/server.h"
#include "services/identity/logins/service.h"
#include "services/identity/oidc_logins/service.h"
#include "services/identity/testing/bench.h"
#include "services/identity/testing/silent_provider.h"
#include "services/identity/testing/ticket_keys.h"

namespace bitrade::identity {
namespace {

using testing::ReasonOf;

// Identity with providers at an address where nobody listens, and the gateway.
struct House : Bench {
  House() {
    const rpc::TlsFiles files = keys.TlsOf("identity");
    auto started = BankIdClient::Start({kNobody, files.ca, files.certificate, files.key});
    REQUIRE_OK(started);
    bankid = *std::move(started);
    telia = SilentProvider(files, clock);
    server.Serve(std::make_unique<LoginService>(
        server.rpc(), LoginParts{logins, orders, *bankid, signer, clock, revocations},
        OrderTerms{.policies = PolicySet::kTest, .referring_domain = ""}));
    server.Serve(std::make_unique<OidcLoginService>(
        server.rpc(), OidcLoginParts{logins, oidc_logins, orders, revocations, oidc_ends, verifier,
                                     telia.get()}));
    server.Start();
  }

  // How many rows tell of a start that was refused for `outcome`, and from where and what for.
  int Told(const std::string& outcome) {
    return Count("audit WHERE outcome = '" + outcome +
                 "' AND circumstances @> '{\"address\": \"192.0.2.1\", \"purpose\": \"ENTER\"}' "
                 "AND circumstances ? 'why' AND object_ids = '{}'");
  }

  rpc::testing::Keys keys;
  rpc::testing::Server server{keys, {.name = "identity", .conninfo = database.conninfo()}, clock};
  TicketKeys ticket_keys;
  crypto::Signer signer = ticket_keys.Signer();
  rpc::TicketVerifier verifier = ticket_keys.Verifier();
  OidcLoginStore oidc_logins{keyring};
  OidcLoginEnds oidc_ends{{logins, oidc_logins, persons, ids}, kNobody};
  RevocationStore revocations;
  std::unique_ptr<BankIdClient> bankid;
  std::unique_ptr<oidc::Provider> telia;
};

v1::StartLoginRequest StartWith(const char* method, const char* start) {
  v1::StartLoginRequest request;
  request.set_method(method);
  request.set_start(start);
  request.set_purpose("ENTER");
  request.set_secret_hash(SecretHash(1));
  request.set_end_user_ip("192.0.2.1");
  return request;
}

TEST_CASE("The trail tells whence and what for a log-in was asked that no provider began",
          "[identity][postgres]") {
  House house;
  const rpc::testing::Client gateway(house.keys, house.server, "gateway");
  const auto bankid = v1::LoginService::NewStub(gateway.channel());
  const auto telia = v1::OidcLoginService::NewStub(gateway.channel());
  v1::StartOidcLoginRequest at_telia;
  *at_telia.mutable_login() = StartWith("TELIA", "SAME_DEVICE");

  CHECK(ReasonOf(gateway.Call(*bankid, &v1::LoginService::Stub::StartLogin,
                              StartWith("MOBILE_BANKID", "OTHER_DEVICE"))) == "BANKID_UNAVAILABLE");
  CHECK(ReasonOf(gateway.Call(*telia, &v1::OidcLoginService::Stub::StartOidcLogin, at_telia)) ==
        "OIDC_UNAVAILABLE");

  CHECK(house.Told("BANKID_UNAVAILABLE") == 1);
  CHECK(house.Told("OIDC_UNAVAILABLE") == 1);
  CHECK(house.Count("login") == 0);
}

}  // namespace
}  // namespace bitrade::identity
