#include "services/identity/orders/recorder.h"

#include "absl/strings/match.h"
#include "services/identity/testing/bench.h"

namespace bitrade::identity {
namespace {

Draft LoginDraft() {
  Draft draft = Bank().Good(absl::FromUnixSeconds(1'790'000'002));
  draft.visible_text = std::string(kLoginIntention);
  return draft;
}

CollectAnswer Complete(const std::string& personal_number, const std::string& risk) {
  return Answered(personal_number, risk, LoginDraft());
}

// A log-in whose order has been taken and is answered.
struct AnsweredLogin : Bench {
  Login login = Enter(1);
  TakenOrder taken = Take(start + absl::Seconds(2)).at(0);

  SeenLogin Record(const absl::StatusOr<CollectAnswer>& answer, absl::Duration after) {
    Run([&](auto& tx) { REQUIRE_OK(recorder.Collected(tx, taken, answer, start + after)); });
    return Find(login, 1);
  }
};

TEST_CASE("A completed order makes person and session, keeps the proof and leaves no secrets",
          "[identity][postgres]") {
  AnsweredLogin at;
  const SeenLogin seen = at.Record(Complete("191212121212", "low"), absl::Seconds(3));

  REQUIRE(seen.login.completion.has_value());
  CHECK(seen.login.completion->time == at.start + absl::Seconds(3));
  CHECK(seen.login.completion->certificate_policy == "1.2.3.4.25");
  CHECK(seen.name == "Astrid Exempelsson");
  CHECK_FALSE(seen.order.has_value());
  CHECK(at.Count("bankid_order") == 0);
  CHECK(at.Count("audit WHERE rpc = 'bankid/collect' AND outcome = 'OK'") == 1);
  CHECK(at.database.Run("SELECT circumstances::text FROM audit")[0][0].as<std::string>() ==
        R"({"risk": "low", "address": "192.0.2.1", "purpose": "ENTER", "order_id": "order-ref", )"
        R"("certificate_policy": "1.2.3.4.25"})");
  const pqxx::result rows =
      at.database.Run("SELECT encode(signature, 'escape') FROM bankid_evidence");
  REQUIRE(rows.size() == 1);
  CHECK_FALSE(absl::StrContains(rows[0][0].as<std::string>(), "191212121212"));
}

TEST_CASE("The end of an order is recorded once, whatever is answered again",
          "[identity][postgres]") {
  AnsweredLogin at;
  const SeenLogin first = at.Record(Complete("191212121212", "low"), absl::Seconds(3));
  const SeenLogin again = at.Record(Complete("199908072391", "low"), absl::Seconds(4));
  const SeenLogin failed = at.Record(CollectAnswer{"failed", "userCancel", {}}, absl::Seconds(5));

  CHECK(again.login.completion->person == first.login.completion->person);
  CHECK(failed.login.completion->session == first.login.completion->session);
  CHECK(at.Count("person") == 1);
}

TEST_CASE("A proof that does not hold lets nobody in, is kept, and is told",
          "[identity][postgres]") {
  AnsweredLogin at;
  Draft draft = LoginDraft();
  draft.person.extensions[1].second = "1.2.3.4.5";  // BankID on file, on another device
  const SeenLogin seen = at.Record(Answered("191212121212", "low", draft), absl::Seconds(3));

  CHECK(seen.login.state == LoginState::kFailed);
  CHECK(seen.login.reason == "BANKID_EVIDENCE_REFUSED");
  CHECK(seen.login.message_key == "RFA22");
  CHECK(at.Count("person") == 0);
  CHECK(at.Count("bankid_order") == 0);
  CHECK(at.Count("bankid_evidence") == 1);
  CHECK(at.Count("audit WHERE outcome = 'BANKID_EVIDENCE_REFUSED'") == 1);
  CHECK(at.judge.refused() == 1);
}

TEST_CASE("BankID is asked again two seconds after its answer, however long that took",
          "[identity][postgres]") {
  AnsweredLogin at;
  const absl::Duration answered = absl::Milliseconds(2600);
  at.Record(CollectAnswer{"pending", "userSign", {}}, answered);
  const absl::Time due = at.start + answered + kCollectEvery;
  CHECK(at.Take(due - absl::Milliseconds(1)).empty());
  CHECK(at.Take(due).size() == 1);
}

TEST_CASE("A high risk lets nobody in", "[identity][postgres]") {
  AnsweredLogin at;
  const SeenLogin seen = at.Record(Complete("191212121212", "high"), absl::Seconds(3));

  CHECK(seen.login.state == LoginState::kFailed);
  CHECK(seen.login.reason == "BANKID_RISK_BLOCKED");
  CHECK(at.Count("person") == 0);
  CHECK(at.Count("bankid_evidence") == 1);
  CHECK(at.Count("audit WHERE outcome = 'BANKID_RISK_BLOCKED' AND circumstances @> "
                 R"('{"risk": "high", "address": "192.0.2.1", "order_id": "order-ref"}')") == 1);
}

// The same on the device of the browser, whose address is 192.0.2.1.
struct SameDevice : Bench {
  Login login = Enter(1, Start::kSameDevice);
  TakenOrder taken = Take(start + absl::Seconds(2)).at(0);

  SeenLogin CompleteFrom(const std::string& device_ip) {
    CollectAnswer answer = Complete("191212121212", "low");
    answer.completion->device_ip = device_ip;
    Run([&](auto& tx) {
      REQUIRE_OK(recorder.Collected(tx, taken, answer, start + absl::Seconds(3)));
    });
    return Find(login, 1);
  }
};

TEST_CASE("On the same device app and browser have one address", "[identity][postgres]") {
  SameDevice at;
  const SeenLogin seen = at.CompleteFrom("::ffff:192.0.2.1");
  CHECK(seen.login.state == LoginState::kComplete);
  CHECK(AwaitsReturn(seen.login));
  CHECK(at.Count("login WHERE NOT address_differs AND address IS NULL") == 1);
  CHECK(at.login_ends.addresses_differed() == 0);
}

TEST_CASE("Where the rule is enforced, who answers from another address is not let in",
          "[identity][postgres]") {
  SameDevice at;
  const SeenLogin seen = at.CompleteFrom("198.51.100.9");
  CHECK(seen.login.state == LoginState::kFailed);
  CHECK(seen.login.reason == "BANKID_ADDRESS_DIFFERS");
  CHECK(at.Count("person") == 0);
  CHECK(at.login_ends.addresses_differed() == 1);
}

TEST_CASE("Where the rule is a signal, another address is noted and no more",
          "[identity][postgres]") {
  SameDevice at;
  LoginEnds noting{{at.logins, at.orders, at.persons, at.ids, at.judge}, AddressRule::kSignal};
  BankIdCompletion completion = *Complete("191212121212", "low").completion;
  completion.device_ip = "198.51.100.9";
  at.Run([&](auto& tx) { REQUIRE_OK(noting.Completed(tx, at.taken, completion, at.start)); });
  CHECK(at.Find(at.login, 1).login.state == LoginState::kComplete);
  CHECK(at.Count("login WHERE address_differs") == 1);
}

TEST_CASE("Nobody is let in under a number that cannot be, or not with BankID",
          "[identity][postgres]") {
  AnsweredLogin at;
  const char* const number = GENERATE("191212121213", "197010632391");
  const SeenLogin seen = at.Record(Complete(number, "low"), absl::Seconds(3));

  CHECK(seen.login.reason == "BANKID_FAILED");
  CHECK(at.Count("person") == 0);
}

TEST_CASE("An order that is completed after the log-in's time comes too late",
          "[identity][postgres]") {
  AnsweredLogin at;
  const SeenLogin seen = at.Record(Complete("191212121212", "low"), kPendingTime);

  CHECK(seen.login.state == LoginState::kFailed);
  CHECK(seen.login.reason == "LOGIN_EXPIRED");
  CHECK(at.Count("bankid_order") == 0);
}

TEST_CASE("An order that is completed after the browser cancelled gives nobody a session",
          "[identity][postgres]") {
  AnsweredLogin at;
  at.Cancel(at.login);
  const SeenLogin seen = at.Record(Complete("191212121212", "low"), absl::Seconds(3));

  CHECK(seen.login.state == LoginState::kCancelled);
  CHECK_FALSE(seen.login.completion.has_value());
  CHECK(at.Count("person") == 0);
}

}  // namespace
}  // namespace bitrade::identity
