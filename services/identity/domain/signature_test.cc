#include "services/identity/domain/signature.h"

#include "services/common/testing/catch.h"
#include "services/identity/domain/bankid_order.h"
#include "services/identity/domain/confirmation.h"
#include "services/identity/domain/statement.h"

namespace bitrade::identity {
namespace {

using testing::ReasonOf;

constexpr absl::Time kStart = absl::UnixEpoch();

Signature Waiting() {
  return {.id = SignatureId::Trusted("00000000-0000-7000-8000-000000000001"),
          .person = PersonId::Trusted("00000000-0000-7000-8000-000000000002"),
          .method = Method::kMobileBankId,
          .start = Start::kOtherDevice,
          .purpose = SignaturePurpose::kCostStatementFiling,
          .resource = "00000000-0000-7000-8000-000000000003",
          .resource_version = 2,
          .manifest_sha256 = std::string(64, 'a'),
          .hint = "USER_SIGN",
          .message_key = "RFA9",
          .create_time = kStart,
          .complete_time = std::nullopt};
}

TEST_CASE("A signature ends once, whichever way", "[identity][domain]") {
  const absl::Time now = kStart + absl::Seconds(20);
  const Signature ended[] = {*Complete(Waiting(), "1.2.3.4.25", now),
                             *Fail(Waiting(), "BANKID_USER_CANCELLED", now),
                             *Unresolve(Waiting(), now), *ConfirmCancelled(Waiting(), now)};
  for (const Signature& signature : ended) {
    INFO(Name(signature.state));
    CHECK(ReasonOf(Complete(signature, "", now)) == "SIGNATURE_NOT_PENDING");
    CHECK(ReasonOf(Fail(signature, "BANKID_FAILED", now)) == "SIGNATURE_NOT_PENDING");
    CHECK(ReasonOf(ConfirmCancelled(signature, now)) == "SIGNATURE_NOT_PENDING");
    CHECK(ReasonOf(Cancel(signature, now)) == "SIGNATURE_NOT_PENDING");
    CHECK(AsOf(signature, absl::InfiniteFuture()).state == signature.state);
  }
  CHECK(ended[0].complete_time == now);
  CHECK(ended[1].reason == "BANKID_USER_CANCELLED");
}

TEST_CASE("Who gives a signature up waits for the provider, who may say that it was signed",
          "[identity][domain]") {
  const auto given_up = Cancel(Waiting(), kStart);
  REQUIRE_OK(given_up);
  CHECK(given_up->state == SignatureState::kPending);
  CHECK(given_up->cancelling);

  CHECK(ConfirmCancelled(*given_up, kStart)->state == SignatureState::kCancelled);
  const auto signed_before = Complete(*given_up, "", kStart);
  CHECK(signed_before->state == SignatureState::kComplete);
  CHECK_FALSE(signed_before->cancelling);
}

TEST_CASE("What is pending at its end is unresolved, and completes no more", "[identity][domain]") {
  const absl::Time last = kStart + kPendingTime - absl::Nanoseconds(1);
  CHECK(AsOf(Waiting(), last).state == SignatureState::kPending);
  const Signature late = AsOf(*Cancel(Waiting(), kStart), kStart + kPendingTime);
  CHECK(late.state == SignatureState::kUnresolved);
  CHECK(late.reason == "SIGNATURE_UNRESOLVED");
  CHECK_FALSE(late.cancelling);
  CHECK(ReasonOf(Complete(Waiting(), "", kStart + kPendingTime)) == "SIGNATURE_NOT_PENDING");
}

TEST_CASE("A person signs with BankID on this device and Mobile BankID on any",
          "[identity][domain]") {
  constexpr auto kFiling = SignaturePurpose::kCostStatementFiling;
  REQUIRE_OK(CheckSignatureOffered(Method::kBankId, Start::kSameDevice, kFiling));
  REQUIRE_OK(CheckSignatureOffered(Method::kMobileBankId, Start::kSameDevice, kFiling));
  REQUIRE_OK(CheckSignatureOffered(Method::kMobileBankId, Start::kOtherDevice,
                                   SignaturePurpose::kPayoutAccountChange));
  CHECK(ReasonOf(CheckSignatureOffered(Method::kBankId, Start::kOtherDevice, kFiling)) ==
        "SIGNATURE_METHOD_UNAVAILABLE");
  CHECK(KindOf(Method::kBankId) == SignatureKind::kSignature);
}

TEST_CASE("A person confirms with Telia on this device, but no change of a payout account",
          "[identity][domain]") {
  CHECK(KindOf(Method::kTelia) == SignatureKind::kConfirmation);
  for (const SignaturePurpose purpose :
       {SignaturePurpose::kCostStatementFiling, SignaturePurpose::kDelegation,
        SignaturePurpose::kSubmissionFiling, SignaturePurpose::kRegisterApplication}) {
    REQUIRE_OK(CheckSignatureOffered(Method::kTelia, Start::kSameDevice, purpose));
    CHECK(ReasonOf(CheckSignatureOffered(Method::kTelia, Start::kOtherDevice, purpose)) ==
          "SIGNATURE_METHOD_UNAVAILABLE");
  }
  CHECK(ReasonOf(CheckSignatureOffered(Method::kTelia, Start::kSameDevice,
                                       SignaturePurpose::kPayoutAccountChange)) ==
        "SIGNATURE_METHOD_UNAVAILABLE");
}

TEST_CASE("A confirmation is given up at once: no provider has an order for it",
          "[identity][domain]") {
  Signature confirmation = Waiting();
  CHECK(ReasonOf(CheckConfirmable(confirmation, kStart)) == "SIGNATURE_METHOD_UNAVAILABLE");
  confirmation.method = Method::kTelia;
  REQUIRE_OK(CheckConfirmable(confirmation, kStart));
  CHECK(ReasonOf(CheckConfirmable(confirmation, kStart + kPendingTime)) == "SIGNATURE_NOT_PENDING");
  const auto given_up = Cancel(confirmation, kStart);
  REQUIRE_OK(given_up);
  CHECK(given_up->state == SignatureState::kCancelled);
  CHECK(ReasonOf(CheckConfirmable(*given_up, kStart)) == "SIGNATURE_NOT_PENDING");
}

TEST_CASE("An authentication counts that is five minutes old at most, and made for this",
          "[identity][domain]") {
  constexpr absl::Duration kSkew = absl::Minutes(1);
  CHECK(EarliestAuthentication(kStart, kSkew, kStart + absl::Seconds(10)) == kStart - kSkew);
  const absl::Time late = kStart + absl::Minutes(9);
  CHECK(EarliestAuthentication(kStart, kSkew, late) == late - absl::Minutes(5));
}

absl::Status Faults(const std::string& visible_text, const std::string& manifest) {
  Violations violations;
  CheckStatement(visible_text, manifest, violations);
  return violations.ToStatus();
}

TEST_CASE("What is signed is plain text and no larger than the provider takes",
          "[identity][domain]") {
  REQUIRE_OK(Faults("Jag begär\n100 kronor", "m"));
  REQUIRE_OK(Faults(std::string(kLargestStatement, 'a'), std::string(kLargestManifest, 'm')));
  CHECK_FALSE(Faults(std::string(kLargestStatement + 1, 'a'), "m").ok());
  CHECK_FALSE(Faults("a", std::string(kLargestManifest + 1, 'm')).ok());
  CHECK_FALSE(Faults("", "m").ok());
  CHECK_FALSE(Faults("a", "").ok());
  CHECK_FALSE(Faults("a\x1b[2Jb", "m").ok());
  CHECK(DetailsOf(Faults("\xff", "")).violations.size() == 2);
}

TEST_CASE("The same again is the same person, purpose, version and manifest",
          "[identity][domain]") {
  Signature wish = Waiting();
  wish.method = Method::kBankId;
  CHECK(AsksTheSame(Waiting(), wish));
  const auto differs = [](auto change) {
    Signature other = Waiting();
    change(other);
    return !AsksTheSame(Waiting(), other);
  };
  CHECK(differs([](Signature& s) { s.person = PersonId::Trusted(s.resource); }));
  CHECK(differs([](Signature& s) { s.purpose = SignaturePurpose::kDelegation; }));
  CHECK(differs([](Signature& s) { s.resource = s.person.text(); }));
  CHECK(differs([](Signature& s) { s.resource_version = 3; }));
  CHECK(differs([](Signature& s) { s.manifest_sha256[0] = 'b'; }));
}

TEST_CASE("What a person reads follows the signature's state", "[identity][domain]") {
  CHECK(MessageOf(Waiting()).key == "RFA9");
  CHECK(MessageOf(*ConfirmCancelled(Waiting(), kStart)).key == "RFA3");
  CHECK(MessageOf(*Complete(Waiting(), "", kStart)).key.empty());
  CHECK(MessageOf(*Unresolve(Waiting(), kStart)).english == kSignatureUnresolved.english.detail);
  CHECK(MessageOf(*Fail(Waiting(), "SIGNED_BY_ANOTHER", kStart)).swedish ==
        kSignedByAnother.swedish.detail);
  const auto old = Advance(
      Waiting(),
      InterpretOrder("failed", "notSupportedByUserApp", Method::kMobileBankId, Start::kOtherDevice),
      kStart);
  CHECK(old->reason == "BANKID_APP_TOO_OLD");
  CHECK(MessageOf(*old).swedish == kUpdateApp.swedish);
}

TEST_CASE("Every name is read back", "[identity][domain]") {
  for (const char* name : {"COST_STATEMENT_FILING", "DELEGATION", "PAYOUT_ACCOUNT_CHANGE",
                           "SUBMISSION_FILING", "REGISTER_APPLICATION"}) {
    CHECK(Name(ParseSignaturePurpose(name).value()) == name);
  }
  for (const char* name : {"PENDING", "COMPLETE", "FAILED", "CANCELLED", "UNRESOLVED"}) {
    CHECK(Name(ParseSignatureState(name).value()) == name);
  }
  CHECK_FALSE(ParseSignatureState("SIGNED").has_value());
}

}  // namespace
}  // namespace bitrade::identity
