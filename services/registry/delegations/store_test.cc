#include "services/registry/delegations/store.h"

#include "services/common/testing/catch.h"
#include "services/registry/delegations/browser_store.h"
#include "services/registry/delegations/facts_store.h"
#include "services/registry/testing/two_counsel.h"

namespace bitrade::registry {
namespace {

constexpr const auto& kNow = testing::TwoCounsel::kNow;
constexpr const auto& kAstrid = testing::TwoCounsel::kAstrid;
constexpr const auto& kAlma = testing::TwoCounsel::kAlma;

const auto kDisa = PersonId::Trusted("00000000-0000-7000-9000-000000000002");
const auto kStranger = PersonId::Trusted("00000000-0000-7000-9000-000000000009");

Delegation Draft(int number, const PersonId& delegate = kDisa, const CounselId& by = kAstrid) {
  return {
      .id = DelegationId::Trusted("00000000-0000-7000-8000-00000000000" + std::to_string(number)),
      .principal = by,
      .delegate = delegate,
      .name = "Disa Testsson",
      .scopes = {"availability:write", "documents:read"},
      .period = {absl::CivilDay(2026, 3, 2), absl::CivilDay(2026, 9, 2)},
      .lapse_time = LapseTimeFrom(kNow),
      .signing = std::nullopt,
      .accept_time = std::nullopt,
      .terms_version = std::nullopt,
      .create_time = kNow,
      .update_time = kNow};
}

Signing Signed(const std::string& id) {
  return {.kind = SigningKind::kSignature, .signature = SignatureId::Trusted(id), .time = kNow};
}

const std::string kSignature = "00000000-0000-7000-a000-000000000001";

struct Bench : testing::TwoCounsel {
  void Insert(const Delegation& delegation) {
    Do([&](postgres::Transaction& tx) {
      store.Insert(tx, delegation);
      return true;
    });
  }
  void Update(const Delegation& delegation) {
    Do([&](postgres::Transaction& tx) {
      store.Update(tx, delegation);
      return true;
    });
  }
  std::optional<NamedDelegation> Find(const PersonId& person, const DelegationId& id) {
    return Do([&](postgres::Transaction& tx) { return store.Find(tx, person, id).value(); });
  }
  // Signed, and accepted where the test says so.
  Delegation Filed(Delegation delegation, const std::string& signature, bool accepted) {
    Insert(delegation);
    REQUIRE_OK(FileDelegation(delegation, Signed(signature), kNow));
    if (accepted) REQUIRE_OK(AcceptDelegation(delegation, 1, kNow));
    Update(delegation);
    return delegation;
  }
  std::vector<DelegateProfile> Profiles(absl::Time now) {
    return Do([&](postgres::Transaction& tx) { return facts.ProfilesOf(tx, kDisa, now); });
  }
  Familiarity Meet(const DelegationId& id, const char* browser) {
    return Do([&](postgres::Transaction& tx) { return browsers.Meet(tx, id, browser, kNow); });
  }
  int Others(absl::Time now) {
    return Do(
        [&](postgres::Transaction& tx) { return store.OtherDelegates(tx, kAstrid, kDisa, now); });
  }

  DelegationStore store{keyring};
  DelegationFactsStore facts;
  BrowserStore browsers{keyring};
};

TEST_CASE("A delegation comes back as it was stored", "[registry][postgres]") {
  Bench bench;
  const Delegation stored = bench.Filed(Draft(1), kSignature, true);

  const auto found = bench.Find(kDisa, stored.id);

  REQUIRE(found.has_value());
  CHECK(found->principal_name == "Astrid");
  const Delegation& delegation = found->delegation;
  CHECK(delegation.name == "Disa Testsson");
  CHECK(delegation.scopes == stored.scopes);
  CHECK(delegation.period.from == stored.period.from);
  CHECK(delegation.period.to == stored.period.to);
  CHECK(delegation.state == DelegationState::kActive);
  CHECK(delegation.signing->signature->text() == kSignature);
  CHECK(delegation.terms_version == 1);
  CHECK(delegation.version == 3);
}

TEST_CASE("A delegate's name is not stored in clear", "[registry][postgres]") {
  Bench bench;
  bench.Insert(Draft(1));

  CHECK(bench.database
            .Run("SELECT count(*) FROM delegation WHERE position('Disa'::bytea IN name) > 0")[0][0]
            .as<int>() == 0);
}

TEST_CASE("Each side sees a delegation, and nobody else does", "[registry][postgres]") {
  Bench bench;
  const Delegation invited = bench.Filed(Draft(1), kSignature, false);

  CHECK(bench.Find(PersonId::Trusted(kAstrid.text()), invited.id).has_value());
  CHECK(bench.Find(kDisa, invited.id).has_value());
  CHECK_FALSE(bench.Find(kStranger, invited.id).has_value());
}

TEST_CASE("Nobody sees that a draft names him", "[registry][postgres]") {
  Bench bench;
  const Delegation draft = Draft(1);
  bench.Insert(draft);

  CHECK_FALSE(bench.Find(kDisa, draft.id).has_value());
  CHECK(bench.Find(PersonId::Trusted(kAstrid.text()), draft.id).has_value());
}

TEST_CASE("A list is the newest first, and tells the total even where a page is empty",
          "[registry][postgres]") {
  Bench bench;
  for (int number = 1; number <= 3; ++number) bench.Insert(Draft(number));
  const auto page = [&bench](int32_t limit, int32_t offset) {
    return bench.Do([&](postgres::Transaction& tx) {
      return bench.store.List(tx, PersonId::Trusted(kAstrid.text()), {limit, offset}).value();
    });
  };

  const DelegationPage first = page(2, 0);
  REQUIRE(first.delegations.size() == 2);
  CHECK(first.delegations[0].delegation.id == Draft(3).id);
  CHECK(first.total == 3);
  CHECK(page(2, 2).delegations.size() == 1);
  CHECK(page(2, 4).delegations.empty());
  CHECK(page(2, 4).total == 3);
}

TEST_CASE("Only delegates whose delegation is open are counted", "[registry][postgres]") {
  Bench bench;
  bench.Filed(Draft(1), kSignature, true);
  bench.Insert(Draft(2, kStranger));
  bench.Filed(Draft(3, kStranger), "00000000-0000-7000-a000-000000000003", true);
  bench.Insert(Draft(4, PersonId::Trusted("00000000-0000-7000-9000-000000000008")));

  CHECK(bench.Others(kNow) == 2);
  CHECK(bench.Others(kNow + absl::Hours(24 * 14)) == 1);
  CHECK(bench.Others(Draft(3).period.end()) == 0);
}

TEST_CASE("A person acts for whom the delegation holds, and is invited where it waits",
          "[registry][postgres]") {
  Bench bench;
  bench.Filed(Draft(1), kSignature, true);
  bench.Filed(Draft(2, kDisa, kAlma), "00000000-0000-7000-a000-000000000002", false);

  const auto now = bench.Profiles(kNow);
  REQUIRE(now.size() == 2);
  CHECK(now[0].principal_name == "Alma");
  CHECK(now[0].state == DelegationState::kInvited);
  CHECK(now[1].state == DelegationState::kActive);
  CHECK(bench.Profiles(kNow + absl::Hours(24 * 14)).size() == 1);
  CHECK(bench.Profiles(Draft(1).period.end()).empty());
  CHECK(bench.Profiles(Draft(1).period.begin() - absl::Seconds(1)).size() == 1);
}

TEST_CASE("One signature files one delegation once", "[registry][postgres]") {
  Bench bench;
  bench.Filed(Draft(1), kSignature, false);
  bench.Insert(Draft(2));
  Delegation second = Draft(2);
  REQUIRE_OK(FileDelegation(second, Signed(kSignature), kNow));

  CHECK_FALSE(bench.database.connection()
                  .Transact([&](postgres::Transaction& tx) -> absl::Status {
                    bench.store.Update(tx, second);
                    return absl::OkStatus();
                  })
                  .ok());
}

TEST_CASE("The database itself refuses what cannot be handed over, and effect without a signature",
          "[registry][postgres]") {
  Bench bench;
  bench.Insert(Draft(1));

  CHECK_THROWS(bench.database.Run("UPDATE delegation SET scopes = '{payout:write}'"));
  CHECK_THROWS(bench.database.Run("UPDATE delegation SET scopes = '{}'"));
  CHECK_THROWS(bench.database.Run("UPDATE delegation SET state = 'INVITED'"));
  CHECK_THROWS(bench.database.Run("UPDATE delegation SET delegate_id = principal_id"));
}

TEST_CASE("What others ask is every delegation between two", "[registry][postgres]") {
  Bench bench;
  bench.Filed(Draft(1), kSignature, true);
  bench.Insert(Draft(2, kStranger));

  bench.Do([&](postgres::Transaction& tx) {
    const auto between = bench.facts.Between(tx, kAstrid, kDisa);
    REQUIRE(between.size() == 1);
    CHECK(between[0].scopes == Draft(1).scopes);
    CHECK(between[0].state == DelegationState::kActive);
    CHECK(between[0].valid_until == Draft(1).period.end());
    CHECK(bench.facts.All(tx).size() == 2);
    return true;
  });
}

TEST_CASE("The terms of a day are those that came last", "[registry][postgres]") {
  Bench bench;
  bench.database.Run("INSERT INTO delegation_terms VALUES (2, '2026-05-01', 'ny', 'new')");

  bench.Do([&](postgres::Transaction& tx) {
    CHECK(bench.store.TermsOn(tx, absl::CivilDay(2026, 4, 30)).version == 1);
    CHECK(bench.store.TermsOn(tx, absl::CivilDay(2026, 5, 1)).text_english == "new");
    return true;
  });
}

TEST_CASE("A browser is known to the delegation in which it was met, and to no other",
          "[registry][postgres]") {
  Bench bench;
  const DelegationId first = bench.Filed(Draft(1), kSignature, true).id;
  bench.Insert(Draft(2));

  CHECK(bench.Meet(first, "office") == Familiarity::kFirst);
  CHECK(bench.Meet(first, "office") == Familiarity::kKnown);
  CHECK(bench.Meet(first, "home") == Familiarity::kNew);
  CHECK(bench.Meet(first, "home") == Familiarity::kKnown);
  CHECK(bench.Meet(Draft(2).id, "office") == Familiarity::kFirst);
  const auto rows = bench.database.Run(
      "SELECT count(*), count(DISTINCT browser_hash) FROM delegate_browser "
      "WHERE position('office'::bytea IN browser_hash) = 0");
  CHECK(rows[0][0].as<int>() == 3);
  CHECK(rows[0][1].as<int>() == 3);
}

TEST_CASE("A browser is still known when keys change", "[registry][postgres]") {
  Bench bench;
  const DelegationId id = bench.Filed(Draft(1), kSignature, true).id;
  bench.Meet(id, "office");
  const crypto::Keyring changed{{{"k1", std::string(32, 'k')}, {"k2", std::string(32, 'l')}}};
  BrowserStore later{changed};

  CHECK(bench.Do([&](postgres::Transaction& tx) { return later.Meet(tx, id, "office", kNow); }) ==
        Familiarity::kKnown);
}

TEST_CASE("The browsers of a delegation are forgotten when it has ended", "[registry][postgres]") {
  Bench bench;
  const Delegation lasting = bench.Filed(Draft(1), kSignature, true);
  bench.Meet(lasting.id, "office");
  const auto left = [&](absl::Time now) {
    bench.Do([&](postgres::Transaction& tx) {
      bench.browsers.ForgetEnded(tx, now);
      return true;
    });
    return bench.database.Run("SELECT count(*) FROM delegate_browser")[0][0].as<int>();
  };

  CHECK(left(lasting.period.end() - absl::Seconds(1)) == 1);
  SECTION("by the clock") { CHECK(left(lasting.period.end()) == 0); }
  SECTION("by either side") {
    Delegation revoked = lasting;
    REQUIRE_OK(RevokeDelegation(revoked, kNow));
    bench.Update(revoked);
    CHECK(left(kNow) == 0);
  }
}

}  // namespace
}  // namespace bitrade::registry
