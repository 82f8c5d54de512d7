#include "services/identity/signatures/convert.h"

#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"

namespace bitrade::identity {
namespace {

using testing::ReasonOf;

constexpr absl::Time kNow = absl::UnixEpoch();

v1::RequestSignatureRequest Asked() {
  v1::RequestSignatureRequest request;
  request.set_signature_id("00000000-0000-7000-8000-000000000001");
  request.set_person_id("00000000-0000-7000-8000-000000000002");
  request.set_method("MOBILE_BANKID");
  request.set_start("OTHER_DEVICE");
  request.set_purpose(v1::COST_STATEMENT_FILING);
  request.set_resource_id("00000000-0000-7000-8000-000000000003");
  request.set_resource_version(2);
  request.set_visible_text("Jag begär 100 kronor");
  request.set_manifest("m");
  request.mutable_browser()->set_address("192.0.2.1");
  return request;
}

SeenSignature Seen(Start start, const std::string& hint) {
  Signature signature = FromProto(Asked(), kNow)->signature;
  signature.start = start;
  signature.hint = hint;
  return {.signature = signature, .order = BankIdOrder{"ref", "auto", {"token", "secret"}, kNow}};
}

TEST_CASE("A request is read with the digest of its manifest", "[identity][convert]") {
  const auto wish = FromProto(Asked(), kNow);
  REQUIRE_OK(wish);
  CHECK(wish->signature.manifest_sha256 == crypto::Sha256Hex("m"));
  CHECK(wish->signature.purpose == SignaturePurpose::kCostStatementFiling);
  CHECK(wish->to_sign.address == "192.0.2.1");
}

TEST_CASE("Every fault of a request is told at once", "[identity][convert]") {
  const auto refused = FromProto(v1::RequestSignatureRequest(), kNow);
  CHECK(ReasonOf(refused) == "INVALID_REQUEST");
  CHECK(DetailsOf(refused.status()).violations.size() == 10);
  v1::RequestSignatureRequest telia = Asked();
  telia.set_method("TELIA");
  CHECK(ReasonOf(FromProto(telia, kNow)) == "SIGNATURE_METHOD_UNAVAILABLE");
}

TEST_CASE("A pending confirmation shows text and digest, and that it is to be begun",
          "[identity][convert]") {
  v1::RequestSignatureRequest telia = Asked();
  telia.set_method("TELIA");
  telia.set_start("SAME_DEVICE");
  const auto wish = FromProto(telia, kNow);
  REQUIRE_OK(wish);
  const SeenSignature seen{
      .signature = wish->signature, .order = std::nullopt, .visible_text = "Jag begär 100 kronor"};
  const v1::Signature shown = ToProto(seen, kNow);
  CHECK(shown.next() == v1::Signature::CONFIRM);
  CHECK(shown.visible_text() == "Jag begär 100 kronor");
  CHECK(shown.manifest_sha256() == crypto::Sha256Hex("m"));
  CHECK(shown.message_key().empty());
  CHECK_FALSE(shown.message_swedish().empty());
  CHECK(ToFact(seen.signature, kNow).kind() == v1::CONFIRMATION);
  const v1::Signature late = ToProto(seen, kNow + kPendingTime);
  CHECK(late.next() == v1::Signature::DONE);
  CHECK(late.visible_text().empty());
}

TEST_CASE("What is scanned and what is opened are never shown together", "[identity][convert]") {
  const v1::Signature other = ToProto(Seen(Start::kOtherDevice, "OUTSTANDING_TRANSACTION"), kNow);
  CHECK_FALSE(other.qr().empty());
  CHECK(other.launch_url().empty());
  CHECK(other.next() == v1::Signature::POLL);
  const v1::Signature same = ToProto(Seen(Start::kSameDevice, "OUTSTANDING_TRANSACTION"), kNow);
  CHECK(same.qr().empty());
  CHECK(same.launch_url() == "https://app.bankid.com/?autostarttoken=auto");
  CHECK(same.next() == v1::Signature::LAUNCH);
  const v1::Signature taken = ToProto(Seen(Start::kSameDevice, "USER_SIGN"), kNow);
  CHECK(taken.launch_url().empty());
  CHECK(taken.next() == v1::Signature::POLL);
}

TEST_CASE("Only what is pending and not given up can be given up, or shows its code",
          "[identity][convert]") {
  SeenSignature seen = Seen(Start::kOtherDevice, "OUTSTANDING_TRANSACTION");
  CHECK(ToProto(seen, kNow).transitions(0) == "CancelSignature");
  const v1::Signature late = ToProto(seen, kNow + kPendingTime);
  CHECK(late.state() == v1::Signature::UNRESOLVED);
  CHECK(late.next() == v1::Signature::DONE);
  CHECK(late.transitions_size() == 0);
  CHECK(late.qr().empty());
  seen.signature.cancelling = true;
  CHECK(ToProto(seen, kNow).transitions_size() == 0);
  CHECK(ToProto(seen, kNow).qr().empty());
}

TEST_CASE("A fact tells who vouched for what, and when once it is complete",
          "[identity][convert]") {
  const Signature pending = FromProto(Asked(), kNow)->signature;
  CHECK(ToFact(pending, kNow).state() == v1::Signature::PENDING);
  CHECK_FALSE(ToFact(pending, kNow).has_time());
  CHECK(ToFact(pending, kNow + kPendingTime).state() == v1::Signature::UNRESOLVED);
  const v1::SignatureFact fact = ToFact(*Complete(pending, "", kNow), kNow);
  CHECK(fact.kind() == v1::SIGNATURE);
  CHECK(fact.person_id() == Asked().person_id());
  CHECK(fact.purpose() == v1::COST_STATEMENT_FILING);
  CHECK(fact.resource_id() == Asked().resource_id());
  CHECK(fact.resource_version() == 2);
  CHECK(fact.manifest_sha256() == crypto::Sha256Hex("m"));
  CHECK(fact.has_time());
}

}  // namespace
}  // namespace bitrade::identity
