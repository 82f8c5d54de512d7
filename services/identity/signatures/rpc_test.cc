// Signatures over the wire: an owner asks for them, the person follows them through the gateway.
#include "services/common/rpc/testing/server.h"
#include "services/identity/signatures/service.h"
#include "services/identity/testing/bench.h"

namespace bitrade::identity {
namespace {

using testing::ReasonOf;

constexpr char kFirst[] = "00000000-0000-7000-8000-0000000000f1";
constexpr char kSecond[] = "00000000-0000-7000-8000-0000000000f2";

// Identity's signatures, an owner's process and the gateway.
struct House : Bench {
  explicit House(Confirmations confirmations = Confirmations::kNone) {
    server.Serve(std::make_unique<SignatureRequestService>(server.rpc(), stores, open_orders,
                                                           confirmations));
    server.Serve(std::make_unique<SignatureService>(server.rpc(), stores, open_orders));
    server.Start();
    owner = std::make_unique<rpc::testing::Client>(keys, server, "billing");
    gateway = std::make_unique<rpc::testing::Client>(keys, server, "gateway");
    requests_stub = v1::SignatureRequestService::NewStub(owner->channel());
    signatures_stub = v1::SignatureService::NewStub(gateway->channel());
    LogIn(person);
  }

  void LogIn(const PersonId& who) {
    gateway->BringTicket(keys.TicketFor(who.text(), clock.TimeNow()));
  }

  v1::RequestSignatureRequest Asked(const std::string& id) const {
    v1::RequestSignatureRequest request;
    request.set_signature_id(id);
    request.set_person_id(person.text());
    request.set_method("MOBILE_BANKID");
    request.set_start("OTHER_DEVICE");
    request.set_purpose(v1::COST_STATEMENT_FILING);
    request.set_resource_id("00000000-0000-7000-8000-0000000000aa");
    request.set_resource_version(2);
    request.set_visible_text("Jag begär 100 kronor");
    request.set_manifest("m");
    request.mutable_browser()->set_address("192.0.2.1");
    return request;
  }

  absl::StatusOr<v1::Signature> Request(const v1::RequestSignatureRequest& request) {
    return owner->Call(*requests_stub, &v1::SignatureRequestService::Stub::RequestSignature,
                       request);
  }
  absl::StatusOr<v1::SignatureFact> Fact(const std::string& id) {
    v1::GetSignatureFactRequest request;
    request.set_signature_id(id);
    return owner->Call(*requests_stub, &v1::SignatureRequestService::Stub::GetSignatureFact,
                       request);
  }
  absl::StatusOr<v1::Signature> Get(const std::string& id) {
    v1::GetSignatureRequest request;
    request.set_id(id);
    return gateway->Call(*signatures_stub, &v1::SignatureService::Stub::GetSignature, request);
  }
  absl::StatusOr<v1::Signature> Cancel(const std::string& id) {
    v1::CancelSignatureRequest request;
    request.set_id(id);
    return gateway->Call(*signatures_stub, &v1::SignatureService::Stub::CancelSignature, request);
  }

  absl::Status Return(const std::string& id, const std::string& nonce) {
    v1::ReturnSignatureRequest request;
    request.set_id(id);
    request.set_nonce(nonce);
    // The gateway for itself: whoever comes back may have no session yet.
    rpc::testing::Client bare(keys, server, "gateway");
    const auto stub = v1::SignatureService::NewStub(bare.channel());
    return bare.Call(*stub, &v1::SignatureService::Stub::ReturnSignature, request).status();
  }

  // As the collector does once BankID has said so.
  void Sign(const std::string& id) {
    Run([&](auto& tx) {
      const auto locked = stores.Lock(tx, SignatureId::Trusted(id));
      stores.Save(tx, *Complete(*locked, "", clock.TimeNow()));
    });
  }

  rpc::testing::Keys keys;
  rpc::testing::Server server{keys, {.name = "identity", .conninfo = database.conninfo()}, clock};
  SignatureStore stores{server.keyring()};
  OrderStore open_orders{server.keyring()};
  PersonId person = Enter(std::string("191212121212"));
  std::unique_ptr<rpc::testing::Client> owner, gateway;
  std::unique_ptr<v1::SignatureRequestService::Stub> requests_stub;
  std::unique_ptr<v1::SignatureService::Stub> signatures_stub;
};

TEST_CASE("The same request again gives the signature as it is, and begins nothing",
          "[identity][postgres]") {
  House house;
  const auto first = house.Request(house.Asked(kFirst));
  REQUIRE_OK(first);
  CHECK(first->state() == v1::Signature::PENDING);
  CHECK(first->hint() == "BEGINNING");
  house.Sign(kFirst);

  const auto again = house.Request(house.Asked(kFirst));

  REQUIRE_OK(again);
  CHECK(again->state() == v1::Signature::COMPLETE);
  CHECK(house.Count("signature") == 1);
  v1::RequestSignatureRequest other = house.Asked(kFirst);
  other.set_manifest("n");
  CHECK(ReasonOf(house.Request(other)) == "SIGNATURE_ID_REUSED");
}

TEST_CASE("A person has one open signature: the next gives up the one before",
          "[identity][postgres]") {
  House house;
  REQUIRE_OK(house.Request(house.Asked(kFirst)));
  REQUIRE_OK(house.Request(house.Asked(kSecond)));
  CHECK(house.Count("signature WHERE cancelling") == 1);
  CHECK(house.Get(kFirst)->transitions_size() == 0);
  CHECK(house.Get(kSecond)->transitions_size() == 1);
}

TEST_CASE("Nothing is asked of a person that there is not, or in a way that there is not",
          "[identity][postgres]") {
  House house;
  v1::RequestSignatureRequest request = house.Asked(kFirst);
  request.set_person_id(kSecond);
  CHECK(ReasonOf(house.Request(request)) == "NOT_FOUND");
  request = house.Asked(kFirst);
  request.set_method("TELIA");
  request.set_start("SAME_DEVICE");
  CHECK(ReasonOf(house.Request(request)) == "SIGNATURE_METHOD_UNAVAILABLE");
  CHECK(house.Count("signature") == 0);
}

TEST_CASE("Where one can confirm, the person is shown the text, and no order is begun",
          "[identity][postgres]") {
  House house(Confirmations::kOffered);
  v1::RequestSignatureRequest request = house.Asked(kFirst);
  request.set_method("TELIA");
  request.set_start("SAME_DEVICE");
  REQUIRE_OK(house.Request(request));
  const auto shown = house.Get(kFirst);
  REQUIRE_OK(shown);
  CHECK(shown->next() == v1::Signature::CONFIRM);
  CHECK(shown->visible_text() == "Jag begär 100 kronor");
  CHECK(house.Count("bankid_order") == 0);
  CHECK(house.Count("signature WHERE browser IS NOT NULL") == 0);

  CHECK(house.Cancel(kFirst)->state() == v1::Signature::CANCELLED);
  CHECK(house.Get(kFirst)->visible_text().empty());
  CHECK(house.Fact(kFirst)->kind() == v1::CONFIRMATION);
  request = house.Asked(kSecond);
  request.set_method("TELIA");
  request.set_start("SAME_DEVICE");
  request.set_purpose(v1::PAYOUT_ACCOUNT_CHANGE);
  CHECK(ReasonOf(house.Request(request)) == "SIGNATURE_METHOD_UNAVAILABLE");
}

TEST_CASE("A fact says who signed what, once it is signed", "[identity][postgres]") {
  House house;
  CHECK(ReasonOf(house.Fact(kFirst)) == "NOT_FOUND");
  CHECK(ReasonOf(house.Fact("x")) == "NOT_FOUND");
  REQUIRE_OK(house.Request(house.Asked(kFirst)));
  CHECK(house.Fact(kFirst)->state() == v1::Signature::PENDING);
  house.Sign(kFirst);
  const auto fact = house.Fact(kFirst);
  CHECK(fact->state() == v1::Signature::COMPLETE);
  CHECK(fact->person_id() == house.person.text());
  CHECK(fact->resource_version() == 2);
}

TEST_CASE("A signature is seen and given up by its person, and by nobody else",
          "[identity][postgres]") {
  House house;
  REQUIRE_OK(house.Request(house.Asked(kFirst)));
  house.LogIn(house.Enter(std::string("199908072391")));
  CHECK(ReasonOf(house.Get(kFirst)) == "NOT_FOUND");
  CHECK(ReasonOf(house.Cancel(kFirst)) == "NOT_FOUND");
  CHECK(house.Count("audit WHERE actor_kind = 'PERSON' AND outcome = 'NOT_FOUND'") == 2);
  house.gateway->BringTicket("");
  CHECK(ReasonOf(house.Get(kFirst)) == "UNAUTHENTICATED");

  house.LogIn(house.person);
  const auto given_up = house.Cancel(kFirst);
  REQUIRE_OK(given_up);
  // BankID has not confirmed it.
  CHECK(given_up->state() == v1::Signature::PENDING);
  house.Sign(kFirst);
  CHECK(ReasonOf(house.Cancel(kFirst)) == "SIGNATURE_NOT_PENDING");
}

TEST_CASE("Only processes that own what is signed may ask for signatures", "[identity][postgres]") {
  House house;
  const auto stub = v1::SignatureRequestService::NewStub(house.gateway->channel());
  const auto refused = house.gateway->Call(
      *stub, &v1::SignatureRequestService::Stub::RequestSignature, house.Asked(kFirst));
  CHECK(testing::CodeOf(refused) == absl::StatusCode::kPermissionDenied);
}

TEST_CASE("A browser comes from a signature's app with that one's nonce alone",
          "[identity][postgres]") {
  House house;
  const std::string nonce = house.stores.ReturnNonce(SignatureId::Trusted(kFirst));
  REQUIRE_OK(house.Return(kFirst, nonce));
  CHECK(ReasonOf(house.Return(kSecond, nonce)) == "SIGNATURE_RETURN_REFUSED");
  CHECK(ReasonOf(house.Return(kFirst, "")) == "SIGNATURE_RETURN_REFUSED");
  CHECK(ReasonOf(house.Return("none", nonce)) == "SIGNATURE_RETURN_REFUSED");
}

}  // namespace
}  // namespace bitrade::identity
