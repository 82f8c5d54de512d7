#include "services/identity/bankid/client.h"

#include <future>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/fakes.h"
#include "services/identity/domain/certificate_policies.h"
#include "tests/eid-sim/certificates.h"
#include "tests/eid-sim/simulator.h"

namespace bitrade::identity {
namespace {

using eidsim::CertificateFiles;
using eidsim::Simulator;
using testing::CodeOf;
using testing::FakeClock;
using testing::ReasonOf;

const eidsim::Person kAstrid{"191212121212", "Astrid Exempelsson", "Astrid",
                             "Exempelsson",  {"mobile"},           ""};

struct Fixture {
  eidsim::TestCa ca;
  FakeClock clock{absl::FromUnixSeconds(1764000000)};
  std::unique_ptr<Simulator> simulator = StartSimulator();
  std::unique_ptr<BankIdClient> client = StartClient(ca, "relying-party");

  Fixture() { simulator->orders().PutPerson(kAstrid); }

  std::unique_ptr<Simulator> StartSimulator() {
    const CertificateFiles server = ca.Issue("server");
    return Simulator::Start({0, 0, {server.certificate, server.key, ca.file()}}, clock).value();
  }

  std::unique_ptr<BankIdClient> StartClient(const eidsim::TestCa& issuer, absl::string_view name) {
    const CertificateFiles ours = issuer.Issue(name);
    const std::string url = absl::StrCat("https://localhost:", simulator->rp_port(), "/rp/v6.0");
    return BankIdClient::Start({url, ca.file(), ours.certificate, ours.key}).value();
  }

  absl::StatusOr<AuthAnswer> Auth() { return Auth(*client); }
  absl::StatusOr<AuthAnswer> Auth(BankIdClient& asking) {
    AuthRequest request;
    request.end_user_ip = "192.0.2.1";
    request.certificate_policies = CertificatePolicies(Method::kMobileBankId, PolicySet::kTest);
    request.visible_text = "Logga in på bitrade";
    request.referring_domain = "bitrade.example";
    request.user_agent = "Mozilla/5.0";
    request.device_identifier = std::string(80, 'd');
    std::promise<absl::StatusOr<AuthAnswer>> answer;
    asking.Auth(request, [&](absl::StatusOr<AuthAnswer> got) { answer.set_value(std::move(got)); });
    return answer.get_future().get();
  }

  absl::StatusOr<CollectAnswer> Collect(const std::string& order_ref) {
    simulator->orders().AdvanceClock(absl::Seconds(2));
    std::promise<absl::StatusOr<CollectAnswer>> answer;
    client->Collect(order_ref,
                    [&](absl::StatusOr<CollectAnswer> got) { answer.set_value(std::move(got)); });
    return answer.get_future().get();
  }

  absl::Status Cancel(const std::string& order_ref) {
    std::promise<absl::Status> answer;
    client->Cancel(order_ref, [&](absl::Status got) { answer.set_value(std::move(got)); });
    return answer.get_future().get();
  }

  absl::StatusOr<eidsim::Order> Scan(const AuthAnswer& order, absl::Duration age) {
    const std::string qr = AnimatedQr(order.qr, age, &crypto::HmacSha256);
    return simulator->orders().Scan(qr, {kAstrid.personal_number, "192.0.2.7"});
  }
};

TEST_CASE("A person logs in by the QR code that we show", "[bankid][integration]") {
  Fixture at;
  const absl::StatusOr<AuthAnswer> order = at.Auth();
  REQUIRE_OK(order);
  const absl::StatusOr<CollectAnswer> waiting = at.Collect(order->order_ref);
  REQUIRE_OK(waiting);
  CHECK(waiting->status == "pending");
  CHECK(waiting->hint == "outstandingTransaction");

  REQUIRE_OK(at.Scan(*order, absl::Seconds(2)));
  CHECK(at.Collect(order->order_ref)->hint == "userSign");
  REQUIRE_OK(at.simulator->orders().Approve(order->auto_start_token, ""));

  const absl::StatusOr<CollectAnswer> complete = at.Collect(order->order_ref);
  REQUIRE_OK(complete);
  CHECK(complete->status == "complete");
  REQUIRE(complete->completion.has_value());
  CHECK(complete->completion->personal_number == "191212121212");
  CHECK(complete->completion->name == "Astrid Exempelsson");
  CHECK(complete->completion->device_ip == "192.0.2.7");
  CHECK(complete->completion->risk == "low");
  CHECK(ReasonOf(at.Collect(order->order_ref)) == "BANKID_ORDER_GONE");
}

TEST_CASE("An order that nobody scans fails, and is told so", "[bankid][integration]") {
  Fixture at;
  const absl::StatusOr<AuthAnswer> order = at.Auth();
  REQUIRE_OK(order);
  at.simulator->orders().AdvanceClock(absl::Seconds(30));
  const absl::StatusOr<CollectAnswer> failed = at.Collect(order->order_ref);
  REQUIRE_OK(failed);
  CHECK(failed->status == "failed");
  CHECK(failed->hint == "startFailed");
}

TEST_CASE("A cancelled order is gone", "[bankid][integration]") {
  Fixture at;
  const absl::StatusOr<AuthAnswer> order = at.Auth();
  REQUIRE_OK(order);
  REQUIRE_OK(at.Cancel(order->order_ref));
  CHECK(ReasonOf(at.Cancel(order->order_ref)) == "BANKID_ORDER_GONE");
  CHECK(ReasonOf(at.Collect(order->order_ref)) == "BANKID_ORDER_GONE");
}

TEST_CASE("An order is known to the certificate that began it alone", "[bankid][integration]") {
  Fixture at;
  const auto other = at.StartClient(at.ca, "another");
  const absl::StatusOr<AuthAnswer> order = at.Auth(*other);
  REQUIRE_OK(order);
  CHECK(ReasonOf(at.Collect(order->order_ref)) == "BANKID_ORDER_GONE");
}

TEST_CASE("A certificate of a foreign CA is no way in", "[bankid][integration]") {
  Fixture at;
  const eidsim::TestCa foreign;
  const auto stranger = at.StartClient(foreign, "stranger");
  const absl::StatusOr<AuthAnswer> refused = at.Auth(*stranger);
  CHECK_FALSE(refused.ok());
  CHECK(at.simulator->orders().Known().empty());
}

TEST_CASE("A server that our CA did not issue is not spoken to", "[bankid][integration]") {
  Fixture at;
  const eidsim::TestCa foreign;
  const CertificateFiles ours = at.ca.Issue("ours");
  const auto wary =
      BankIdClient::Start({absl::StrCat("https://localhost:", at.simulator->rp_port(), "/rp/v6.0"),
                           foreign.file(), ours.certificate, ours.key});
  REQUIRE_OK(wary);
  CHECK(ReasonOf(at.Auth(**wary)) == "BANKID_FAULT");
}

TEST_CASE("Maintenance and lost connections are told as unavailable", "[bankid][integration]") {
  Fixture at;
  at.simulator->faults().Set({1, {}, 503, "Maintenance", false});
  CHECK(ReasonOf(at.Auth()) == "BANKID_UNAVAILABLE");
  // More than one: libcurl repeats by itself what an old connection swallowed.
  at.simulator->faults().Set({5, {}, 0, "", true});
  CHECK(ReasonOf(at.Auth()) == "BANKID_UNAVAILABLE");
  at.simulator->faults().Set({});
  CHECK(at.Auth().ok());
}

TEST_CASE("A proxy that refuses in HTML is a fault", "[bankid][integration]") {
  Fixture at;
  at.simulator->faults().Set({1, {}, 403, "", false});
  CHECK(ReasonOf(at.Auth()) == "BANKID_FAULT");
}

TEST_CASE("Many orders are in flight at once", "[bankid][integration]") {
  constexpr int kOrders = 100;
  Fixture at;
  AuthRequest request;
  request.end_user_ip = "192.0.2.1";
  std::vector<std::promise<bool>> begun(kOrders);
  for (std::promise<bool>& one : begun) {
    at.client->Auth(request,
                    [&one](const absl::StatusOr<AuthAnswer>& got) { one.set_value(got.ok()); });
  }
  int good = 0;
  for (std::promise<bool>& one : begun) good += one.get_future().get() ? 1 : 0;
  CHECK(good == kOrders);
  CHECK(at.simulator->orders().Known().size() == kOrders);
}

TEST_CASE("The end of the client answers the calls in progress", "[bankid][integration]") {
  Fixture at;
  at.simulator->faults().Set({1, absl::Seconds(30), 0, "", false});
  std::promise<absl::Status> answer;
  at.client->Cancel("some-order", [&](absl::Status got) { answer.set_value(std::move(got)); });
  at.client.reset();
  CHECK(ReasonOf(answer.get_future().get()) == "BANKID_UNAVAILABLE");
}

TEST_CASE("A client does not start without its files or without TLS", "[bankid][integration]") {
  const eidsim::TestCa ca;
  const CertificateFiles ours = ca.Issue("ours");
  const std::string url = "https://localhost:1/rp/v6.0";
  using Code = absl::StatusCode;
  CHECK(CodeOf(BankIdClient::Start({"http://localhost:1", ca.file(), ours.certificate,
                                    ours.key})) == Code::kFailedPrecondition);
  CHECK(CodeOf(BankIdClient::Start({url, "", ours.certificate, ours.key})) ==
        Code::kFailedPrecondition);
  CHECK(CodeOf(BankIdClient::Start({url, ca.file(), ours.certificate, "/nowhere"})) ==
        Code::kFailedPrecondition);
}

}  // namespace
}  // namespace bitrade::identity
