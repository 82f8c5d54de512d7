#include "services/common/signing/signature.h"

#include "services/common/testing/catch.h"

namespace bitrade::signing {
namespace {

using bitrade::testing::ReasonOf;

const Subject kDraft{
    .purpose = kDelegation, .person_id = "astrid", .resource_id = "delegation", .version = 2};

std::string Refused(void (*change)(Fact&)) {
  Fact fact{.signature_id = "s",
            .complete = true,
            .is_signature = true,
            .subject = kDraft,
            .manifest_sha256 = "ab12",
            .time = absl::UnixEpoch()};
  change(fact);
  return ReasonOf(Check(fact, kDraft, "ab12"));
}

TEST_CASE("A signature counts for the very thing, version and person", "[signing]") {
  CHECK(Refused([](Fact& /*fact*/) {}).empty());
  CHECK(Refused([](Fact& fact) { fact.complete = false; }) == "SIGNATURE_NOT_COMPLETE");
  CHECK(Refused([](Fact& fact) { --fact.subject.version; }) == "CHANGED_SINCE_SIGNATURE");
  CHECK(Refused([](Fact& fact) { fact.manifest_sha256 = "ab13"; }) == "CHANGED_SINCE_SIGNATURE");
}

TEST_CASE("A confirmation suffices for a delegation and a filing, and for nothing else",
          "[signing]") {
  for (const char* purpose : {kCostStatementFiling, kDelegation, kPayoutAccountChange}) {
    Subject subject = kDraft;
    subject.purpose = purpose;
    Fact fact{.signature_id = "s",
              .complete = true,
              .is_signature = false,
              .subject = subject,
              .manifest_sha256 = "ab12",
              .time = absl::UnixEpoch()};
    const bool suffices = subject.purpose != kPayoutAccountChange;
    CHECK(ReasonOf(Check(fact, subject, "ab12")) ==
          (suffices ? "" : "SIGNATURE_OF_SOMETHING_ELSE"));
    fact.complete = false;
    CHECK_FALSE(Check(fact, subject, "ab12").ok());
  }
}

TEST_CASE("A signature of something else counts for nothing, complete or not", "[signing]") {
  for (auto* change : {+[](Fact& fact) { fact.subject.purpose = kCostStatementFiling; },
                       +[](Fact& fact) { fact.subject.person_id = "alma"; },
                       +[](Fact& fact) { fact.subject.resource_id = "another"; }}) {
    CHECK(Refused(change) == "SIGNATURE_OF_SOMETHING_ELSE");
  }
  CHECK(Refused([](Fact& fact) {
          fact.complete = false;
          fact.subject.person_id = "alma";
        }) == "SIGNATURE_OF_SOMETHING_ELSE");
}

}  // namespace
}  // namespace bitrade::signing
