#include "services/registry/domain/delegation_text.h"

#include "absl/strings/match.h"
#include "services/common/testing/catch.h"

namespace bitrade::registry {
namespace {

Delegation Draft() {
  return {.id = DelegationId::Trusted("00000000-0000-7000-8000-000000000001"),
          .principal = CounselId::Trusted("00000000-0000-7000-9000-000000000001"),
          .delegate = PersonId::Trusted("00000000-0000-7000-9000-000000000002"),
          .name = "Disa Testsson",
          .scopes = {"availability:write", "documents:read"},
          .period = {absl::CivilDay(2026, 3, 2), absl::CivilDay(2026, 9, 2)},
          .lapse_time = absl::UnixEpoch(),
          .signing = std::nullopt,
          .accept_time = std::nullopt,
          .terms_version = std::nullopt,
          .create_time = absl::UnixEpoch(),
          .update_time = absl::UnixEpoch()};
}

TEST_CASE("The same draft gives the same manifest, and any change another", "[registry][domain]") {
  const std::string manifest = DelegationManifest(Draft());
  CHECK(manifest == DelegationManifest(Draft()));
  for (auto* change : {+[](Delegation& d) { d.name = "Disa Testsson\tX"; },
                       +[](Delegation& d) { d.scopes = {"documents:read"}; },
                       +[](Delegation& d) { d.period.to = absl::CivilDay(2026, 9, 3); },
                       +[](Delegation& d) { d.delegate = PersonId::Trusted(d.principal.text()); },
                       +[](Delegation& d) { ++d.version; }}) {
    Delegation changed = Draft();
    change(changed);
    CHECK(manifest != DelegationManifest(changed));
  }
}

TEST_CASE("Nothing in a name can pass for a line of the manifest", "[registry][domain]") {
  Delegation draft = Draft();
  draft.name = "Disa\nscope\tdrafts:write";
  CHECK_FALSE(absl::StrContains(DelegationManifest(draft), "\nscope\tdrafts:write"));
}

TEST_CASE("The counsel reads who may do what and how long", "[registry][domain]") {
  const std::string text = DelegationVisibleText(Draft(), "Astrid Exempelsson", "ab12");
  for (const char* part : {"Astrid Exempelsson", "Disa Testsson", "läsa och hämta handlingar",
                           "2026-03-02", "2026-09-02", "version 1", "ab12"}) {
    CHECK(absl::StrContains(text, part));
  }
  CHECK_FALSE(absl::StrContains(text, Draft().delegate.text()));
}

TEST_CASE("Whatever can be handed over is put in words", "[registry][domain]") {
  Delegation draft = Draft();
  draft.scopes = DelegableScopes();
  const std::string text = DelegationVisibleText(draft, "Astrid Exempelsson", "ab12");
  for (const std::string& scope : DelegableScopes()) CHECK_FALSE(absl::StrContains(text, scope));
}

}  // namespace
}  // namespace bitrade::registry
