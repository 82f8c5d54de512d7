#include "services/identity/signatures/store.h"

#include "absl/strings/match.h"
#include "services/identity/testing/bench.h"

namespace bitrade::identity {
namespace {

constexpr char kAstrid[] = "191212121212";

std::string TextsOf(Bench& bench) {
  const pqxx::result rows = bench.database.Run(
      "SELECT visible_text IS NOT NULL, manifest IS NOT NULL, browser IS NOT NULL FROM signature");
  return std::string(rows[0][0].c_str()) + rows[0][1].c_str() + rows[0][2].c_str();
}

TEST_CASE("A signature is its person's alone, and found once", "[identity][postgres]") {
  Bench bench;
  const PersonId person = bench.Enter(std::string(kAstrid));
  const Signature signature = bench.EnterSignature(person);
  CHECK(bench.Find(signature).signature.purpose == SignaturePurpose::kCostStatementFiling);
  CHECK_FALSE(bench.Find(signature).order.has_value());
  bench.Run([&](auto& tx) {
    const auto foreign =
        bench.signatures.FindOwn(tx, signature.id, PersonId::Trusted(signature.id.text()));
    REQUIRE_OK(foreign);
    CHECK_FALSE(foreign->has_value());
    CHECK_FALSE(bench.signatures.Insert(tx, signature, ExampleToSign()));
    Signature nobodys = signature;
    nobodys.id = bench.ids.New<SignatureId>(bench.start);
    nobodys.person = PersonId::Trusted(signature.id.text());
    CHECK_FALSE(bench.signatures.Insert(tx, nobodys, ExampleToSign()));
  });
}

TEST_CASE("What is to be signed is sealed, and read back to begin", "[identity][postgres]") {
  Bench bench;
  const Signature signature = bench.EnterSignature(bench.Enter(std::string(kAstrid)));
  const pqxx::result rows = bench.database.Run(
      "SELECT encode(visible_text || manifest || browser, 'escape') FROM signature");
  for (const char* clear : {"kronor", "manifest", "192.0.2.1", "Mozilla"}) {
    CHECK_FALSE(absl::StrContains(rows[0][0].as<std::string>(), clear));
  }
  bench.Run([&](auto& tx) {
    const auto to_sign = bench.signatures.FindToSign(tx, signature.id);
    REQUIRE_OK(to_sign);
    CHECK((*to_sign)->visible_text == ExampleToSign().visible_text);
    CHECK((*to_sign)->manifest == ExampleToSign().manifest);
    CHECK((*to_sign)->user_agent == "Mozilla/5.0");
    CHECK((*to_sign)->device_identifier == ExampleToSign().device_identifier);
  });
}

TEST_CASE("A completed signature is a fact that nothing changes", "[identity][postgres]") {
  Bench bench;
  const Signature signature = bench.EnterSignature(bench.Enter(std::string(kAstrid)));
  bench.Run([&](auto& tx) {
    bench.signatures.Save(tx, *Complete(signature, "1.2.3.4.25", bench.start));
  });
  CHECK(bench.Find(signature).signature.complete_time == bench.start);
  CHECK(bench.Find(signature).signature.certificate_policy == "1.2.3.4.25");
  CHECK(TextsOf(bench) == "ttf");
  const absl::Status refused = bench.database.connection().Transact([&](auto& tx) {
    bench.signatures.Save(tx, *Fail(signature, "BANKID_FAILED", bench.start));
    return absl::OkStatus();
  });
  CHECK_FALSE(refused.ok());
}

TEST_CASE("What nobody signed leaves no text behind, what somebody may have does",
          "[identity][postgres]") {
  Bench bench;
  const PersonId person = bench.Enter(std::string(kAstrid));
  const Signature signature = bench.EnterSignature(person);
  SECTION("failed") {
    bench.Run([&](auto& tx) {
      bench.signatures.Save(tx, *Fail(signature, "BANKID_FAILED", bench.start));
    });
    CHECK(TextsOf(bench) == "fff");
  }
  SECTION("cancelled") {
    bench.Run(
        [&](auto& tx) { bench.signatures.Save(tx, *ConfirmCancelled(signature, bench.start)); });
    CHECK(TextsOf(bench) == "fff");
  }
  SECTION("unresolved") {
    bench.Run([&](auto& tx) { bench.signatures.Save(tx, *Unresolve(signature, bench.start)); });
    CHECK(TextsOf(bench) == "ttf");
  }
  SECTION("failed with a proof") {
    bench.Run([&](auto& tx) {
      bench.orders.KeepEvidence(tx, signature.id, {"signature", "ocsp", "high"});
      bench.signatures.Save(tx, *Fail(signature, "BANKID_RISK_BLOCKED", bench.start));
    });
    CHECK(TextsOf(bench) == "ttf");
  }
}

TEST_CASE("Open is what is pending and not given up", "[identity][postgres]") {
  Bench bench;
  const PersonId person = bench.Enter(std::string(kAstrid));
  const Signature first = bench.EnterSignature(person);
  const Signature second = bench.EnterSignature(person);
  bench.EnterSignature(bench.Enter(std::string("199908072391")));
  bench.GiveUp(first);
  bench.Run([&](auto& tx) {
    const std::vector<Signature> open = bench.signatures.LockOpen(tx, person);
    REQUIRE(open.size() == 1);
    CHECK(open[0].id == second.id);
  });
}

}  // namespace
}  // namespace bitrade::identity
