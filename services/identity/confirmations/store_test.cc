#include "services/identity/confirmations/store.h"

#include "absl/strings/match.h"
#include "services/common/postgres/values.h"
#include "services/identity/confirmations/ends.h"
#include "services/identity/oidc/errors.h"
#include "services/identity/oidc/refusal.h"
#include "services/identity/testing/bench.h"

namespace bitrade::identity {
namespace {

constexpr char kAstrid[] = "191212121212";
constexpr char kAnother[] = "199908072391";
constexpr char kToken[] = "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl";

struct ConfirmationBench : Bench {
  ConfirmationStore confirmations{keyring};
  ConfirmationEnds ends{{signatures, confirmations, persons}};
  PersonId person = Enter(std::string(kAstrid));

  // A confirmation that waits for its person.
  Signature Begin() {
    const Signature confirmation{.id = ids.New<SignatureId>(clock.TimeNow()),
                                 .person = person,
                                 .method = Method::kTelia,
                                 .start = Start::kSameDevice,
                                 .purpose = SignaturePurpose::kCostStatementFiling,
                                 .resource = "00000000-0000-7000-8000-0000000000aa",
                                 .resource_version = 2,
                                 .manifest_sha256 = std::string(64, 'a'),
                                 .create_time = clock.TimeNow(),
                                 .complete_time = std::nullopt};
    Run([&](auto& tx) { REQUIRE(signatures.Insert(tx, confirmation, ExampleToSign())); });
    return confirmation;
  }

  // Sends a browser to the provider. Returns the state that it brings back.
  std::string Send(const Signature& confirmation, int browser) {
    const SentBrowser sent{confirmation.id,
                           oidc::NewConfirmationSecrets(confirmation.manifest_sha256),
                           clock.TimeNow(), "192.0.2.1"};
    Run([&](auto& tx) { confirmations.Send(tx, sent, SecretHash(browser)); });
    return sent.secrets.state;
  }

  bool Takes(const std::string& state, int browser) {
    bool taken = false;
    Run([&](auto& tx) {
      const auto sent = confirmations.Take(tx, state, SecretHash(browser));
      REQUIRE_OK(sent);
      taken = sent->has_value();
    });
    return taken;
  }

  // Ends it as if the provider had answered so.
  Signature End(const Signature& confirmation, const absl::StatusOr<oidc::ProvedPerson>& answer) {
    Signature ended = confirmation;
    Run([&](auto& tx) {
      const auto stored = ends.End(tx, confirmation.id, "192.0.2.1", answer, clock.TimeNow());
      REQUIRE_OK(stored);
      ended = *stored;
    });
    return ended;
  }

  oidc::ProvedPerson Proved(const char* number) const {
    return {.facts = {.subject = "s1",
                      .session_id = "",
                      .level = oidc::kAcceptedLevels[0],
                      .number = *PersonNumber::Parse(number, absl::CivilDay(2026, 1, 1)),
                      .auth_time = clock.TimeNow()},
            .name = "Astrid Exempelsson",
            .id_token = kToken};
  }
};

TEST_CASE("A state counts once, and from the browser that was sent alone", "[identity][postgres]") {
  ConfirmationBench bench;
  const Signature confirmation = bench.Begin();
  const std::string state = bench.Send(confirmation, 1);
  CHECK_FALSE(bench.Takes(state, 2));
  CHECK_FALSE(bench.Takes("confirm.unknown", 1));
  bench.Run([&](auto& tx) {
    const auto sent = bench.confirmations.Take(tx, state, SecretHash(1));
    REQUIRE_OK(sent);
    REQUIRE(sent->has_value());
    CHECK((*sent)->signature == confirmation.id);
    CHECK((*sent)->begin_time == bench.start);
    CHECK(absl::EndsWith((*sent)->secrets.nonce, confirmation.manifest_sha256));
    CHECK((*sent)->secrets.code_verifier.size() == 43);
    CHECK((*sent)->address == "192.0.2.1");
  });
  CHECK_FALSE(bench.Takes(state, 1));
}

TEST_CASE("Begun again, the browser that was sent before counts no more", "[identity][postgres]") {
  ConfirmationBench bench;
  const Signature confirmation = bench.Begin();
  const std::string first = bench.Send(confirmation, 1);
  const std::string second = bench.Send(confirmation, 2);
  CHECK_FALSE(bench.Takes(first, 1));
  CHECK(bench.Takes(second, 2));
}

TEST_CASE("What was sent is forgotten with the end, or when its time is over",
          "[identity][postgres]") {
  ConfirmationBench bench;
  const Signature given_up = bench.Begin();
  bench.Send(given_up, 1);
  bench.Run([&](auto& tx) {
    bench.signatures.Save(tx, *Cancel(*bench.signatures.Lock(tx, given_up.id), bench.start));
  });
  CHECK(bench.Count("oidc_confirmation") == 0);
  bench.Send(bench.Begin(), 2);
  bench.Run([&](auto& tx) { bench.confirmations.Forget(tx, bench.start); });
  CHECK(bench.Count("oidc_confirmation") == 1);
  bench.Run([&](auto& tx) { bench.confirmations.Forget(tx, bench.start + absl::Seconds(1)); });
  CHECK(bench.Count("oidc_confirmation") == 0);
}

TEST_CASE("Whose authentication the provider proves has confirmed, and the proof is kept sealed",
          "[identity][postgres]") {
  ConfirmationBench bench;
  const Signature confirmation = bench.Begin();
  const Signature ended = bench.End(confirmation, bench.Proved(kAstrid));
  CHECK(ended.state == SignatureState::kComplete);
  CHECK(ended.certificate_policy == oidc::kAcceptedLevels[0]);
  CHECK(bench.Find(confirmation).signature.complete_time == bench.start);
  CHECK(bench.Count("audit WHERE rpc = 'oidc/return' AND outcome = 'OK' AND circumstances ->> "
                    "'address' = '192.0.2.1'") == 1);
  const pqxx::result rows =
      bench.database.Run("SELECT id_token, encode(id_token, 'escape') FROM oidc_evidence");
  REQUIRE(rows.size() == 1);
  CHECK_FALSE(absl::StrContains(rows[0][1].as<std::string>(), "eyJ"));
  const auto token = bench.keyring.Open(postgres::ReadBytes(rows[0][0]),
                                        "signature/" + confirmation.id.text() + "/id_token");
  REQUIRE_OK(token);
  CHECK(*token == kToken);
}

TEST_CASE("Another person's authentication confirms nothing, and is kept with the text",
          "[identity][postgres]") {
  ConfirmationBench bench;
  const Signature ended = bench.End(bench.Begin(), bench.Proved(kAnother));
  CHECK(ended.state == SignatureState::kFailed);
  CHECK(ended.reason == "SIGNED_BY_ANOTHER");
  CHECK(bench.Count("oidc_evidence") == 1);
  CHECK(bench.Count("signature WHERE visible_text IS NOT NULL") == 1);
}

TEST_CASE("An answer that is not believed confirms nothing, and leaves no text",
          "[identity][postgres]") {
  ConfirmationBench bench;
  const Signature stale = bench.End(bench.Begin(), oidc::Refused(oidc::Fault::kAuthTime));
  CHECK(stale.reason == "OIDC_ANSWER_REFUSED");
  CHECK(bench.ends.refused() == 1);
  CHECK(bench.End(bench.Begin(), oidc::RefusalOfReturn("access_denied")).reason ==
        "OIDC_ACCESS_DENIED");
  CHECK(bench.ends.refused() == 1);
  CHECK(bench.Count("signature WHERE visible_text IS NOT NULL") == 0);
}

TEST_CASE("A confirmation that has ended meanwhile stays as it is", "[identity][postgres]") {
  ConfirmationBench bench;
  const Signature given_up = bench.Begin();
  bench.Run([&](auto& tx) {
    bench.signatures.Save(tx, *Cancel(*bench.signatures.Lock(tx, given_up.id), bench.start));
  });
  CHECK(bench.End(given_up, bench.Proved(kAstrid)).state == SignatureState::kCancelled);
  const Signature complete = bench.Begin();
  bench.End(complete, bench.Proved(kAstrid));
  CHECK(bench.End(complete, bench.Proved(kAnother)).state == SignatureState::kComplete);
  const Signature late = bench.Begin();
  bench.clock.Advance(kPendingTime);
  CHECK(bench.End(late, bench.Proved(kAstrid)).reason == "SIGNATURE_UNRESOLVED");
}

}  // namespace
}  // namespace bitrade::identity
