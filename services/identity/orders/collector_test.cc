#include "services/identity/orders/collector.h"

#include <future>

#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "services/identity/domain/certificate_policies.h"
#include "services/identity/testing/bench.h"
#include "tests/eid-sim/certificates.h"
#include "tests/eid-sim/simulator.h"

namespace bitrade::identity {
namespace {

using eidsim::CertificateFiles;
using eidsim::Simulator;

const eidsim::Person kAstrid{"191212121212", "Astrid Exempelsson", "Astrid",
                             "Exempelsson",  {"mobile"},           ""};

// One replica's client, collector and session.
struct Replica {
  Replica(Bench& bench, std::unique_ptr<BankIdClient> bankid)
      : client(std::move(bankid)),
        collector(*client, bench.recorder, bench.orders, bench.requests, bench.clock),
        connection(bench.database.conninfo()) {}

  // Asks about what is due, and records the answers.
  void Turn() {
    collector.Round(connection);
    collector.Settle(connection, absl::Seconds(10));
  }

  std::unique_ptr<BankIdClient> client;
  Collector collector;
  postgres::Connection connection;
};

// What BankID and we show each other.
struct Papers {
  Papers() {
    const eidsim::Credential made = eidsim::NewSigningRoot();
    eidsim::WriteCertificate(root.certificate_file, *made.certificate);
    eidsim::WriteKey(root.key_file, *made.key);
  }

  EvidenceVerifier Verifier() const {
    return EvidenceVerifier::Load(root.certificate_file, ours.certificate).value();
  }

  eidsim::TestCa ca;
  CertificateFiles ours = ca.Issue("relying-party");
  eidsim::SigningRoot root{ca.file() + ".root", ca.file() + ".root-key"};
};

// The simulated BankID, in the clock of the bench.
struct System : Papers, Bench {
  System() : Bench(Papers::Verifier()) { simulator->orders().PutPerson(kAstrid); }

  std::unique_ptr<Simulator> StartSimulator() {
    const CertificateFiles server = ca.Issue("server");
    return Simulator::Start({0, 0, {server.certificate, server.key, ca.file()}, root}, clock)
        .value();
  }

  std::unique_ptr<BankIdClient> NewClient() {
    const std::string url = absl::StrCat("https://localhost:", simulator->rp_port(), "/rp/v6.0");
    return BankIdClient::Start({url, ca.file(), ours.certificate, ours.key}).value();
  }

  Login Begin(int browser) {
    const AuthRequest request{
        .end_user_ip = "192.0.2.1",
        .certificate_policies = CertificatePolicies(Method::kMobileBankId, PolicySet::kTest),
        .visible_text = std::string(kLoginIntention)};
    std::promise<absl::StatusOr<AuthAnswer>> promise;
    replica.client->Auth(
        request, [&](absl::StatusOr<AuthAnswer> got) { promise.set_value(std::move(got)); });
    const absl::StatusOr<AuthAnswer> answer = promise.get_future().get();
    REQUIRE_OK(answer);
    return Enter(browser,
                 {answer->order_ref, answer->auto_start_token, answer->qr, clock.TimeNow()});
  }

  // The phone scans what the browser shows, and the person enters the code.
  void Approve(const Login& login, int browser, const eidsim::Approval& approval = {}) {
    const BankIdOrder order = *Find(login, browser).order;
    const std::string qr =
        AnimatedQr(order.qr, clock.TimeNow() - order.receive_time, &crypto::HmacSha256);
    REQUIRE_OK(simulator->orders().Scan(qr, {kAstrid.personal_number, "192.0.2.7"}));
    REQUIRE_OK(simulator->orders().Approve(order.auto_start_token, approval).status());
  }

  void Turn() {
    clock.Advance(absl::Seconds(2));
    replica.Turn();
  }

  std::unique_ptr<Simulator> simulator = StartSimulator();
  Replica replica{*this, NewClient()};
};

TEST_CASE("A log-in follows its order until the person is known", "[identity][integration]") {
  System at;
  const Login login = at.Begin(1);
  at.Turn();
  CHECK(at.Find(login, 1).login.message_key == "RFA1");

  at.Approve(login, 1);
  at.Turn();
  const SeenLogin seen = at.Find(login, 1);
  CHECK(seen.login.state == LoginState::kComplete);
  CHECK(seen.name == "Astrid Exempelsson");
  REQUIRE_OK(TakeUp(seen.login, at.clock.TimeNow()));
}

TEST_CASE("Whom the simulator signs for with a wrong certificate is not let in",
          "[identity][integration]") {
  System at;
  const Login login = at.Begin(1);
  at.Approve(login, 1, {.evidence = eidsim::EvidenceFault::kAnotherPerson});
  at.Turn();
  CHECK(at.Find(login, 1).login.reason == "BANKID_EVIDENCE_REFUSED");
  CHECK(at.Count("bankid_evidence") == 1);
}

TEST_CASE("An order that nobody scans fails its log-in", "[identity][integration]") {
  System at;
  const Login login = at.Begin(1);
  at.clock.Advance(absl::Seconds(30));
  at.Turn();
  CHECK(at.Find(login, 1).login.reason == "BANKID_NOT_STARTED");
  CHECK(at.Find(login, 1).login.message_key == "RFA17B");
}

TEST_CASE("Replicas share the orders: each is asked about once in two seconds",
          "[identity][integration]") {
  constexpr int kOrders = 20;
  System at;
  Replica other{at, at.NewClient()};
  for (int browser = 1; browser <= kOrders; ++browser) at.Begin(browser);
  for (int turn = 0; turn < 2; ++turn) {
    at.clock.Advance(absl::Seconds(2));
    at.replica.collector.Round(at.replica.connection);
    other.Turn();
    at.replica.Turn();
    other.Turn();
  }
  // The simulator refuses who asks twice within a second, and that counts as a failure.
  CHECK(at.Count("bankid_order WHERE lease = 2 AND failures = 0") == kOrders);
}

TEST_CASE("What a dead replica has taken another completes after the lease",
          "[identity][integration]") {
  System at;
  const Login login = at.Begin(1);
  at.Approve(login, 1);
  at.clock.Advance(absl::Seconds(2));
  REQUIRE(at.Take(at.clock.TimeNow()).size() == 1);  // and is killed

  at.Turn();
  CHECK(at.Find(login, 1).login.state == LoginState::kPending);
  at.clock.Advance(kLease);
  at.replica.Turn();
  CHECK(at.Find(login, 1).login.state == LoginState::kComplete);
}

TEST_CASE("While BankID is down a log-in waits, says so at last, and goes on",
          "[identity][integration]") {
  System at;
  const Login login = at.Begin(1);
  at.simulator->faults().Set({3, {}, 503, "Maintenance", false});
  at.Turn();
  at.Turn();
  CHECK(at.Find(login, 1).login.message_key == "RFA1");
  at.Turn();
  CHECK(at.Find(login, 1).login.message_key == "RFA5");
  CHECK(at.Find(login, 1).login.state == LoginState::kPending);

  at.Approve(login, 1);
  at.Turn();
  CHECK(at.Find(login, 1).login.state == LoginState::kComplete);
}

TEST_CASE("The order of a cancelled log-in is cancelled at BankID, however long it takes",
          "[identity][integration]") {
  System at;
  const Login login = at.Begin(1);
  at.Cancel(login);
  at.simulator->faults().Set({1, {}, 503, "Maintenance", false});
  at.replica.Turn();
  CHECK(at.simulator->orders().Known().size() == 1);
  at.Turn();
  CHECK(at.simulator->orders().Known().empty());
  CHECK(at.Count("bankid_order") == 0);
  CHECK(at.Find(login, 1).login.state == LoginState::kCancelled);
}

TEST_CASE("A log-in that outlives its time fails, and nobody asks any more",
          "[identity][integration]") {
  System at;
  const Login login = at.Begin(1);
  at.clock.Advance(kPendingTime);
  at.Turn();
  CHECK(at.Find(login, 1).login.reason == "LOGIN_EXPIRED");
  CHECK(at.Count("bankid_order") == 0);
}

TEST_CASE("An order whose end was told to nobody of us fails its log-in",
          "[identity][integration]") {
  System at;
  const Login login = at.Begin(1);
  at.Approve(login, 1);
  std::promise<bool> told;
  at.replica.client->Collect(at.Find(login, 1).order->order_ref,
                             [&](const auto& got) { told.set_value(got.ok()); });
  REQUIRE(told.get_future().get());
  at.Turn();
  CHECK(at.Find(login, 1).login.reason == "BANKID_EXPIRED");
}

TEST_CASE("What the database does not take is kept and recorded later", "[identity][integration]") {
  System at;
  const Login login = at.Begin(1);
  at.Approve(login, 1);
  at.clock.Advance(absl::Seconds(2));
  at.replica.collector.Round(at.replica.connection);
  at.replica.collector.AwaitAnswer(absl::Seconds(10));
  postgres::Connection nowhere("host=/nowhere");
  at.replica.collector.Round(nowhere);
  CHECK(at.Find(login, 1).login.state == LoginState::kPending);

  at.replica.collector.Settle(at.replica.connection, absl::Seconds(10));
  CHECK(at.Find(login, 1).login.state == LoginState::kComplete);
}

}  // namespace
}  // namespace bitrade::identity
