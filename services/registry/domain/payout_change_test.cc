#include "services/registry/domain/payout_change.h"

#include "absl/strings/match.h"
#include "services/common/testing/catch.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::ReasonOf;

const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 3, 2, 9, 0, 0), absl::UTCTimeZone());
const auto kSignature = SignatureId::Trusted("00000000-0000-7000-a000-000000000001");

PayoutChange Draft() {
  return {.id = PayoutChangeId::Trusted("00000000-0000-7000-8000-000000000001"),
          .counsel = CounselId::Trusted("00000000-0000-7000-9000-000000000001"),
          .account = {.kind = PayoutKind::kBankAccount,
                      .clearing_number = "84244",
                      .number = "9831892246"},
          .filing = std::nullopt,
          .create_time = kNow,
          .update_time = kNow};
}

TEST_CASE("A change is filed once, and holds from then on", "[registry][domain]") {
  PayoutChange change = Draft();
  REQUIRE_OK(CheckPayoutDraft(change));
  CHECK(PayoutTransitions(change).size() == 3);

  REQUIRE_OK(FilePayoutChange(change, kSignature, kNow, kNow + absl::Minutes(1)));

  CHECK(change.filing->signature == kSignature);
  CHECK(change.filing->sign_time == kNow);
  CHECK(change.filing->valid_from == kNow + absl::Minutes(1));
  CHECK(change.version == 2);
  CHECK(PayoutTransitions(change).empty());
  CHECK(ReasonOf(CheckPayoutDraft(change)) == "PAYOUT_CHANGE_NOT_DRAFT");
  CHECK(ReasonOf(FilePayoutChange(change, kSignature, kNow, kNow)) == "PAYOUT_CHANGE_NOT_DRAFT");
}

TEST_CASE("The same draft gives the same manifest, and any other another", "[registry][domain]") {
  const std::string manifest = PayoutManifest(Draft());
  CHECK(manifest == PayoutManifest(Draft()));
  for (auto* change : {+[](PayoutChange& c) { c.account.number = "9831892245"; },
                       +[](PayoutChange& c) { c.account.clearing_number = "81299"; },
                       +[](PayoutChange& c) { c.account.kind = PayoutKind::kPlusgiro; },
                       +[](PayoutChange& c) { c.counsel = CounselId::Trusted(c.id.text()); },
                       +[](PayoutChange& c) { c.id = PayoutChangeId::Trusted(c.counsel.text()); },
                       +[](PayoutChange& c) { ++c.version; }}) {
    PayoutChange changed = Draft();
    change(changed);
    CHECK(manifest != PayoutManifest(changed));
  }
}

TEST_CASE("The counsel reads where her money will go", "[registry][domain]") {
  const std::string text = PayoutVisibleText(Draft(), "Astrid Exempelsson", "ab12");
  for (const char* part : {"Astrid Exempelsson", "Swedbank", "84244", "9831892246", "version 1",
                           "ab12", "Skriv inte under"}) {
    CHECK(absl::StrContains(text, part));
  }
}

}  // namespace
}  // namespace bitrade::registry
