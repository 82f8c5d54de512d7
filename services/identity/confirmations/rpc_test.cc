// Confirmations over the wire: what the gateway asks, at a provider that does not answer.
#include "services/common/rpc/testing/server.h"
#include "services/identity/confirmations/service.h"
#include "services/identity/testing/bench.h"
#include "services/identity/testing/silent_provider.h"

namespace bitrade::identity {
namespace {

using testing::ReasonOf;

constexpr char kAstrid[] = "191212121212";
constexpr char kAnother[] = "199908072391";

// Identity with a provider at an address where nobody listens, and the gateway.
struct House : Bench {
  House() {
    provider = SilentProvider(keys.TlsOf("identity"), clock);
    server.Serve(std::make_unique<ConfirmationService>(
        server.rpc(), ConfirmationParts{stores, confirmations, ends, provider.get()}));
    server.Start();
    gateway = std::make_unique<rpc::testing::Client>(keys, server, "gateway");
    stub = v1::ConfirmationService::NewStub(gateway->channel());
    LogIn(person);
  }

  void LogIn(const PersonId& who) {
    gateway->BringTicket(keys.TicketFor(who.text(), clock.TimeNow()));
  }

  SignatureId Ask(Method method) {
    Signature signature{.id = ids.New<SignatureId>(clock.TimeNow()),
                        .person = person,
                        .method = method,
                        .start = Start::kSameDevice,
                        .purpose = SignaturePurpose::kDelegation,
                        .resource = "00000000-0000-7000-8000-0000000000aa",
                        .resource_version = 1,
                        .manifest_sha256 = std::string(64, 'a'),
                        .create_time = clock.TimeNow(),
                        .complete_time = std::nullopt};
    Run([&](auto& tx) { REQUIRE(stores.Insert(tx, signature, ExampleToSign())); });
    return signature.id;
  }

  std::string BeginRefused(const std::string& id) {
    v1::BeginConfirmationRequest request;
    request.set_id(id);
    request.set_secret_hash(SecretHash(1));
    request.set_end_user_ip("192.0.2.1");
    return ReasonOf(
        gateway->Call(*stub, &v1::ConfirmationService::Stub::BeginConfirmation, request));
  }

  // As the gateway does for a browser that brings its log-in cookie and no session's.
  absl::StatusOr<v1::Signature> Return(const std::string& state, int browser) {
    v1::ReturnConfirmationRequest request;
    request.set_secret_hash(SecretHash(browser));
    request.set_state(state);
    request.set_code("c");
    rpc::testing::Client bare(keys, server, "gateway");
    const auto of_bare = v1::ConfirmationService::NewStub(bare.channel());
    return bare.Call(*of_bare, &v1::ConfirmationService::Stub::ReturnConfirmation, request);
  }

  rpc::testing::Keys keys;
  rpc::testing::Server server{keys, {.name = "identity", .conninfo = database.conninfo()}, clock};
  SignatureStore stores{server.keyring()};
  PersonStore known{server.keyring()};
  ConfirmationStore confirmations{server.keyring()};
  ConfirmationEnds ends{{stores, confirmations, known}};
  PersonId person = Enter(std::string(kAstrid));
  std::unique_ptr<oidc::Provider> provider;
  std::unique_ptr<rpc::testing::Client> gateway;
  std::unique_ptr<v1::ConfirmationService::Stub> stub;
};

TEST_CASE("A confirmation is begun by its person alone, and only a confirmation",
          "[identity][postgres]") {
  House house;
  const std::string id = house.Ask(Method::kTelia).text();
  CHECK(house.BeginRefused("x") == "NOT_FOUND");
  CHECK(house.BeginRefused(house.Ask(Method::kBankId).text()) == "SIGNATURE_METHOD_UNAVAILABLE");
  house.LogIn(house.Enter(std::string(kAnother)));
  CHECK(house.BeginRefused(id) == "NOT_FOUND");
  CHECK(house.Count("oidc_confirmation") == 0);

  house.LogIn(house.person);
  CHECK(house.BeginRefused(id) == "OIDC_UNAVAILABLE");
  CHECK(house.Count("audit WHERE outcome = 'OIDC_UNAVAILABLE' AND circumstances @> '{\"address\": "
                    "\"192.0.2.1\", \"purpose\": \"DELEGATION\"}' AND circumstances ? 'why'") == 1);
  house.clock.Advance(kPendingTime);
  house.LogIn(house.person);
  CHECK(house.BeginRefused(id) == "SIGNATURE_NOT_PENDING");
}

TEST_CASE("A return counts once, and from the browser that was sent", "[identity][postgres]") {
  House house;
  const SignatureId id = house.Ask(Method::kTelia);
  const SentBrowser sent{id, oidc::NewConfirmationSecrets(std::string(64, 'a')), house.start,
                         "192.0.2.1"};
  house.Run([&](auto& tx) { house.confirmations.Send(tx, sent, SecretHash(1)); });
  CHECK(ReasonOf(house.Return("confirm.unknown", 1)) == "SIGNATURE_RETURN_REFUSED");
  CHECK(ReasonOf(house.Return(sent.secrets.state, 2)) == "SIGNATURE_RETURN_REFUSED");

  const auto returned = house.Return(sent.secrets.state, 1);

  REQUIRE_OK(returned);
  CHECK(returned->id() == id.text());
  CHECK(returned->state() == v1::Signature::FAILED);
  CHECK(returned->reason() == "OIDC_UNAVAILABLE");
  CHECK(house.Count("audit WHERE rpc = 'oidc/return' AND circumstances ->> 'address' = "
                    "'192.0.2.1'") == 1);
  CHECK(ReasonOf(house.Return(sent.secrets.state, 1)) == "SIGNATURE_RETURN_REFUSED");
}

}  // namespace
}  // namespace bitrade::identity
