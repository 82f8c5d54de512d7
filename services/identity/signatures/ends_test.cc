// How signatures begin and end, by what BankID answers.
#include "services/identity/signatures/ends.h"

#include "services/identity/bankid/errors.h"
#include "services/identity/testing/bench.h"

namespace bitrade::identity {
namespace {

constexpr char kAstrid[] = "191212121212";
constexpr char kOther[] = "199908072391";

Draft SignatureDraft() {
  Draft draft = Bank().Good(absl::FromUnixSeconds(1'790'000'002));
  draft.function = "Signing";
  draft.visible_text = ExampleToSign().visible_text;
  draft.non_visible_data = ExampleToSign().manifest;
  return draft;
}

CollectAnswer SignedBy(const std::string& personal_number, const std::string& risk) {
  return Answered(personal_number, risk, SignatureDraft());
}

// A signature whose order is to begin, or has begun.
struct Signing : Bench {
  Signature signature = EnterSignature(Enter(std::string(kAstrid)));

  TakenOrder TakeOne() {
    const std::vector<TakenOrder> taken = Take(clock.TimeNow());
    REQUIRE(taken.size() == 1);
    return taken[0];
  }

  SignatureState Begun(const TakenOrder& taken, const absl::StatusOr<BankIdOrder>& answer) {
    Run([&](auto& tx) { REQUIRE_OK(recorder.Begun(tx, taken, answer, clock.TimeNow())); });
    return Now().state;
  }

  // Begins the order and takes it to be collected.
  TakenOrder Collecting() {
    Begun(TakeOne(), BankIdOrder{"ref", "auto", {"token", "secret"}, clock.TimeNow()});
    clock.Advance(kCollectEvery);
    return TakeOne();
  }

  Signature Now() { return Find(signature).signature; }

  Signature Collected(const TakenOrder& taken, const absl::StatusOr<CollectAnswer>& answer) {
    Run([&](auto& tx) { REQUIRE_OK(recorder.Collected(tx, taken, answer, clock.TimeNow())); });
    return Now();
  }

  Signature Cancelled(const TakenOrder& taken, const absl::Status& answer) {
    Run([&](auto& tx) { REQUIRE_OK(recorder.Cancelled(tx, taken, answer, clock.TimeNow())); });
    return Now();
  }
};

TEST_CASE("BankID is asked for the person's signature alone, over text and manifest",
          "[identity][postgres]") {
  Signing at;
  const TakenOrder taken = at.TakeOne();
  CHECK(taken.step == OrderStep::kBegin);
  at.Run([&](auto& tx) {
    const auto request = at.requests.Of(tx, taken);
    REQUIRE_OK(request);
    CHECK(request->personal_number == kAstrid);
    CHECK(request->order.visible_text == ExampleToSign().visible_text);
    CHECK(request->hidden_data == ExampleToSign().manifest);
    CHECK(request->order.certificate_policies == std::vector<std::string>{"1.2.3.4.25"});
    CHECK(request->order.end_user_ip == "192.0.2.1");
    CHECK(request->order.return_url.empty());
  });
}

TEST_CASE("A begun order shows its code, and is asked about in two seconds",
          "[identity][postgres]") {
  Signing at;
  at.Begun(at.TakeOne(), BankIdOrder{"ref", "auto", {"token", "secret"}, at.clock.TimeNow()});
  const SeenSignature seen = at.Find(at.signature);
  CHECK(seen.signature.hint == "OUTSTANDING_TRANSACTION");
  CHECK(seen.order->qr.start_token == "token");
  CHECK(at.Take(at.clock.TimeNow() + kCollectEvery - absl::Milliseconds(1)).empty());
  CHECK(at.Take(at.clock.TimeNow() + kCollectEvery).at(0).step == OrderStep::kCollect);
}

TEST_CASE("While the person has another order the beginning is tried again, not for ever",
          "[identity][postgres]") {
  Signing at;
  CHECK(at.Begun(at.TakeOne(), Refuse(kBankIdAlreadyInProgress)) == SignatureState::kPending);
  CHECK(at.Now().message_key == "RFA4");
  at.clock.Advance(kBeginTime);
  CHECK(at.Begun(at.TakeOne(), Refuse(kBankIdAlreadyInProgress)) == SignatureState::kFailed);
  CHECK(at.Now().reason == "BANKID_ALREADY_IN_PROGRESS");
  CHECK(at.Count("bankid_order") == 0);
}

TEST_CASE("A beginning that nobody answered is not repeated", "[identity][postgres]") {
  Signing at;
  CHECK(at.Begun(at.TakeOne(), Refuse(kBankIdUnavailable)) == SignatureState::kFailed);
  CHECK(at.Now().reason == "BANKID_UNAVAILABLE");
  CHECK(at.Now().message_key == "RFA5");
}

TEST_CASE("What was given up before it began is begun by nobody", "[identity][postgres]") {
  Signing at;
  const TakenOrder late = at.TakeOne();
  at.GiveUp(at.signature);
  const TakenOrder taken = at.TakeOne();
  CHECK(taken.step == OrderStep::kCancel);
  CHECK(taken.order_ref->empty());
  CHECK(at.Cancelled(taken, absl::OkStatus()).state == SignatureState::kCancelled);
  CHECK(at.Begun(late, BankIdOrder{"ref", "auto", {"token", "secret"}, at.start}) ==
        SignatureState::kCancelled);
  CHECK(at.Count("bankid_order") == 0);
}

TEST_CASE("A completed order is a signature with its proof, audited, and recorded once",
          "[identity][postgres]") {
  Signing at;
  const TakenOrder taken = at.Collecting();
  const Signature complete = at.Collected(taken, SignedBy(kAstrid, "low"));
  CHECK(complete.state == SignatureState::kComplete);
  CHECK(complete.complete_time == at.clock.TimeNow());
  CHECK(at.Count("bankid_order") == 0);
  CHECK(at.Count("bankid_evidence WHERE signature_id IS NOT NULL") == 1);
  CHECK(at.Count("audit WHERE rpc = 'bankid/collect' AND outcome = 'OK'") == 1);
  CHECK(at.Count("audit WHERE circumstances ->> 'order_id' <> '' AND circumstances @> "
                 R"('{"risk": "low", "address": "192.0.2.1", "purpose": "COST_STATEMENT_FILING", )"
                 R"("certificate_policy": "1.2.3.4.25"}')") == 1);

  at.clock.Advance(absl::Seconds(1));
  CHECK(at.Collected(taken, SignedBy(kAstrid, "low")).complete_time == complete.complete_time);
  CHECK(at.Collected(taken, CollectAnswer{"failed", "userCancel", {}}).state ==
        SignatureState::kComplete);
  CHECK(at.Count("audit WHERE rpc = 'bankid/collect'") == 1);
}

TEST_CASE("Nobody signs for another, whatever BankID answers", "[identity][postgres]") {
  Signing at;
  const Signature failed = at.Collected(at.Collecting(), SignedBy(kOther, "low"));
  CHECK(failed.state == SignatureState::kFailed);
  CHECK(failed.reason == "SIGNED_BY_ANOTHER");
  CHECK(at.Count("bankid_evidence") == 1);
  CHECK(at.Count("person") == 1);
}

TEST_CASE("A high risk makes no signature", "[identity][postgres]") {
  Signing at;
  const Signature failed = at.Collected(at.Collecting(), SignedBy(kAstrid, "high"));
  CHECK(failed.state == SignatureState::kFailed);
  CHECK(failed.reason == "BANKID_RISK_BLOCKED");
  CHECK(at.Count("bankid_evidence") == 1);
  CHECK(at.Count("signature WHERE visible_text IS NOT NULL") == 1);
}

TEST_CASE("A lost answer leaves the signature unresolved, never signed", "[identity][postgres]") {
  Signing at;
  const TakenOrder taken = at.Collecting();
  SECTION("BankID does not know the order") {
    CHECK(at.Collected(taken, Refuse(kBankIdOrderGone)).state == SignatureState::kUnresolved);
  }
  SECTION("BankID does not answer until the time is over") {
    CHECK(at.Collected(taken, Refuse(kBankIdUnavailable)).state == SignatureState::kPending);
    at.clock.Advance(kPendingTime);
    at.Run([&](auto& tx) { REQUIRE_OK(at.recorder.Expired(tx, taken, at.clock.TimeNow())); });
  }
  CHECK(at.Now().reason == "SIGNATURE_UNRESOLVED");
  CHECK(at.Count("bankid_order") == 0);
  CHECK(at.Collected(taken, SignedBy(kAstrid, "low")).state == SignatureState::kUnresolved);
  CHECK(at.Count("bankid_evidence") == 1);
}

TEST_CASE("An order that another replica has taken since is not lost", "[identity][postgres]") {
  Signing at;
  const TakenOrder mine = at.Collecting();
  at.clock.Advance(absl::Seconds(7));
  const TakenOrder theirs = at.TakeOne();
  CHECK(at.Collected(mine, Refuse(kBankIdOrderGone)).state == SignatureState::kPending);
  CHECK(at.Collected(theirs, SignedBy(kAstrid, "low")).state == SignatureState::kComplete);
}

TEST_CASE("Giving up is over when BankID confirms it", "[identity][postgres]") {
  Signing at;
  at.Collecting();
  at.GiveUp(at.signature);
  const TakenOrder taken = at.TakeOne();
  CHECK(taken.step == OrderStep::kCancel);
  CHECK(at.Cancelled(taken, Refuse(kBankIdUnavailable)).state == SignatureState::kPending);
  at.clock.Advance(kCollectEvery);
  CHECK(at.Cancelled(at.TakeOne(), absl::OkStatus()).state == SignatureState::kCancelled);
  CHECK(at.Count("bankid_order") == 0);
}

TEST_CASE("Who gives up a moment after signing has signed", "[identity][postgres]") {
  Signing at;
  at.Collecting();
  at.GiveUp(at.signature);
  CHECK(at.Cancelled(at.TakeOne(), Refuse(kBankIdOrderGone)).state == SignatureState::kPending);
  CHECK(at.Take(at.clock.TimeNow() + kCollectEvery - absl::Milliseconds(1)).empty());
  at.clock.Advance(kCollectEvery);
  const TakenOrder again = at.TakeOne();
  CHECK(again.step == OrderStep::kCollect);
  SECTION("BankID tells so") {
    CHECK(at.Collected(again, SignedBy(kAstrid, "low")).state == SignatureState::kComplete);
  }
  SECTION("BankID says that it failed") {
    CHECK(at.Collected(again, CollectAnswer{"failed", "userCancel", {}}).reason ==
          "BANKID_USER_CANCELLED");
  }
  SECTION("nobody can say") {
    CHECK(at.Collected(again, Refuse(kBankIdOrderGone)).state == SignatureState::kUnresolved);
  }
}

TEST_CASE("A proof over another manifest, or of a log-in, is no signature",
          "[identity][postgres]") {
  Draft other = SignatureDraft();
  other.non_visible_data += "2";
  Draft login = SignatureDraft();
  login.function = "Identification";
  for (const Draft& draft : {other, login}) {
    Signing at;
    const Signature failed = at.Collected(at.Collecting(), Answered(kAstrid, "low", draft));
    CHECK(failed.state == SignatureState::kFailed);
    CHECK(failed.reason == "BANKID_EVIDENCE_REFUSED");
    CHECK(at.Count("bankid_evidence") == 1);
    CHECK(at.judge.refused() == 1);
  }
}

}  // namespace
}  // namespace bitrade::identity
