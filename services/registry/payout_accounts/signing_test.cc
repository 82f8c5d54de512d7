// Whose signature of what changes a payout account.
#include "services/registry/payout_accounts/signing.h"

#include <functional>

#include "absl/strings/match.h"
#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::ReasonOf;

const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 3, 2, 9, 0, 0), absl::UTCTimeZone());

PayoutChange Draft() {
  return {.id = PayoutChangeId::Trusted("00000000-0000-7000-8000-000000000001"),
          .counsel = CounselId::Trusted("00000000-0000-7000-9000-000000000001"),
          .account = {.kind = PayoutKind::kBankgiro, .clearing_number = "", .number = "54029681"},
          .filing = std::nullopt,
          .create_time = kNow,
          .update_time = kNow};
}

signing::Fact Signature() {
  return {.signature_id = "00000000-0000-7000-a000-000000000001",
          .complete = true,
          .is_signature = true,
          .subject = SubjectOf(Draft()),
          .manifest_sha256 = crypto::Sha256Hex(PayoutManifest(Draft())),
          .time = kNow};
}

// Why the signature, changed so, does not file the draft.
std::string RefusalOf(const std::function<void(signing::Fact&)>& change) {
  signing::Fact fact = Signature();
  change(fact);
  return ReasonOf(CheckSignature(Draft(), fact));
}

TEST_CASE("The counsel's signature of the draft files it", "[registry]") {
  REQUIRE_OK(CheckSignature(Draft(), Signature()));
}

TEST_CASE("A confirmation changes no payout account", "[registry]") {
  CHECK(RefusalOf([](signing::Fact& fact) { fact.is_signature = false; }) == "PAYOUT_NEEDS_BANKID");
}

TEST_CASE("Without a signature nothing is filed", "[registry]") {
  CHECK(ReasonOf(CheckSignature(Draft(), std::nullopt)) == "SIGNATURE_REQUIRED");
}

TEST_CASE("A signature of anything else is none, of whatever kind", "[registry]") {
  const bool is_signature = GENERATE(true, false);
  const auto refusal = [is_signature](const std::function<void(signing::Fact&)>& change) {
    return RefusalOf([&](signing::Fact& fact) {
      fact.is_signature = is_signature;
      change(fact);
    });
  };
  CHECK(refusal([](signing::Fact& f) { f.subject.person_id = f.subject.resource_id; }) ==
        "SIGNATURE_OF_SOMETHING_ELSE");
  CHECK(refusal([](signing::Fact& f) { f.subject.resource_id = f.subject.person_id; }) ==
        "SIGNATURE_OF_SOMETHING_ELSE");
  CHECK(refusal([](signing::Fact& f) { f.subject.purpose = signing::kDelegation; }) ==
        "SIGNATURE_OF_SOMETHING_ELSE");
  CHECK(refusal([](signing::Fact& f) { f.complete = false; }) == "SIGNATURE_NOT_COMPLETE");
  CHECK(refusal([](signing::Fact& f) { ++f.subject.version; }) == "CHANGED_SINCE_SIGNATURE");
  CHECK(refusal([](signing::Fact& f) { f.manifest_sha256[0] ^= 1; }) == "CHANGED_SINCE_SIGNATURE");
}

TEST_CASE("What has been filed is neither signed nor filed again", "[registry]") {
  PayoutChange filed = Draft();
  REQUIRE_OK(FilePayoutChange(filed, SignatureId::Trusted(Signature().signature_id), kNow, kNow));
  CHECK(ReasonOf(CheckSignature(filed, Signature())) == "PAYOUT_CHANGE_NOT_DRAFT");
  CHECK(ReasonOf(MakeToBeSigned({filed, "Astrid"})) == "PAYOUT_CHANGE_NOT_DRAFT");
}

TEST_CASE("What is read and what is compared belong together", "[registry]") {
  const auto to_be_signed = MakeToBeSigned({Draft(), "Astrid Exempelsson"});
  REQUIRE_OK(to_be_signed);
  CHECK(to_be_signed->manifest == PayoutManifest(Draft()));
  CHECK(absl::StrContains(to_be_signed->visible_text, "Bankgiro 5402-9681"));
  CHECK(absl::StrContains(to_be_signed->visible_text, crypto::Sha256Hex(to_be_signed->manifest)));
}

}  // namespace
}  // namespace bitrade::registry
