#include "services/registry/payout_accounts/store.h"

#include "services/common/testing/catch.h"
#include "services/registry/testing/two_counsel.h"

namespace bitrade::registry {
namespace {

constexpr const auto& kNow = testing::TwoCounsel::kNow;
constexpr const auto& kAstrid = testing::TwoCounsel::kAstrid;
constexpr const auto& kAlma = testing::TwoCounsel::kAlma;

PayoutChange Draft(int number, const CounselId& counsel = kAstrid) {
  return {
      .id = PayoutChangeId::Trusted("00000000-0000-7000-8000-00000000000" + std::to_string(number)),
      .counsel = counsel,
      .account = {.kind = PayoutKind::kBankAccount,
                  .clearing_number = "84244",
                  .number = "9831892246"},
      .filing = std::nullopt,
      .create_time = kNow,
      .update_time = kNow};
}

SignatureId Signature(int number) {
  return SignatureId::Trusted("00000000-0000-7000-a000-00000000000" + std::to_string(number));
}

struct Bench : testing::TwoCounsel {
  bool Insert(const PayoutChange& draft) {
    return Do([&](postgres::Transaction& tx) { return store.Insert(tx, draft); });
  }
  std::optional<NamedPayoutChange> Find(const CounselId& counsel, const PayoutChangeId& id) {
    return Do([&](postgres::Transaction& tx) { return store.Find(tx, counsel, id).value(); });
  }
  std::optional<PayoutChange> Current(const CounselId& counsel) {
    return Do([&](postgres::Transaction& tx) { return store.Current(tx, counsel).value(); });
  }
  // Stored and given in; returns the account's version.
  int64_t Filed(PayoutChange change, const SignatureId& signature, absl::Time now = kNow) {
    REQUIRE(Insert(change));
    REQUIRE_OK(FilePayoutChange(change, signature, now - absl::Minutes(1), now));
    return Do([&](postgres::Transaction& tx) { return store.File(tx, change); });
  }

  PayoutAccountStore store{keyring};
};

TEST_CASE("A change comes back as it was stored, to its counsel alone", "[registry][postgres]") {
  Bench bench;
  REQUIRE(bench.Insert(Draft(1)));

  const auto found = bench.Find(kAstrid, Draft(1).id);

  REQUIRE(found.has_value());
  CHECK(found->counsel_name == "Astrid");
  CHECK(found->change.account.kind == PayoutKind::kBankAccount);
  CHECK(found->change.account.clearing_number == "84244");
  CHECK(found->change.account.number == "9831892246");
  CHECK_FALSE(found->change.filing.has_value());
  CHECK(found->change.version == 1);
  CHECK_FALSE(bench.Find(kAlma, Draft(1).id).has_value());
}

TEST_CASE("A counsel has one draft at a time, and others are not in the way",
          "[registry][postgres]") {
  Bench bench;
  REQUIRE(bench.Insert(Draft(1)));
  CHECK_FALSE(bench.Insert(Draft(2)));
  CHECK(bench.Insert(Draft(3, kAlma)));

  bench.Do([&](postgres::Transaction& tx) {
    bench.store.DeleteDraft(tx, Draft(1).id);
    return true;
  });
  CHECK(bench.Insert(Draft(2)));
}

TEST_CASE("What is filed last is paid to, and what was before is kept", "[registry][postgres]") {
  Bench bench;
  CHECK_FALSE(bench.Current(kAstrid).has_value());
  CHECK(bench.Filed(Draft(1), Signature(1)) == 1);
  CHECK(bench.Filed(Draft(2), Signature(2), kNow + absl::Hours(1)) == 2);
  CHECK(bench.Filed(Draft(4, kAlma), Signature(3)) == 1);
  REQUIRE(bench.Insert(Draft(3)));

  const auto current = bench.Current(kAstrid);

  REQUIRE(current.has_value());
  CHECK(current->id == Draft(2).id);
  CHECK(current->filing->signature == Signature(2));
  CHECK(current->filing->valid_from == kNow + absl::Hours(1));
  CHECK(current->filing->sign_time == kNow + absl::Minutes(59));
  CHECK(current->filing->account_version == 2);
  CHECK(current->version == 2);
  CHECK(bench.Find(kAstrid, Draft(1).id)->change.filing->account_version == 1);
  const auto standings =
      bench.Do([&](postgres::Transaction& tx) { return bench.store.Standings(tx); });
  REQUIRE(standings.size() == 2);
  CHECK(standings[0].counsel == kAstrid);
  CHECK(standings[0].version == 2);
  CHECK(standings[1].version == 1);
}

TEST_CASE("The list is the counsel's own, the newest first", "[registry][postgres]") {
  Bench bench;
  bench.Filed(Draft(1), Signature(1));
  REQUIRE(bench.Insert(Draft(2)));
  REQUIRE(bench.Insert(Draft(3, kAlma)));
  const auto page = [&bench](int32_t limit, int32_t offset) {
    return bench.Do([&](postgres::Transaction& tx) {
      return bench.store.List(tx, kAstrid, {limit, offset}).value();
    });
  };

  REQUIRE(page(20, 0).changes.size() == 2);
  CHECK(page(1, 0).changes[0].id == Draft(2).id);
  CHECK(page(1, 1).changes[0].id == Draft(1).id);
  CHECK(page(1, 2).changes.empty());
  CHECK(page(1, 2).total == 2);
}

TEST_CASE("No number is stored in clear, and none opens as somebody else's",
          "[registry][postgres]") {
  Bench bench;
  REQUIRE(bench.Insert(Draft(1)));
  CHECK(bench.database
            .Run("SELECT count(*) FROM payout_account_change "
                 "WHERE position('9831892246'::bytea IN account) > 0")[0][0]
            .as<int>() == 0);

  bench.database.Run("UPDATE payout_account_change SET counsel_id = '" + kAlma.text() + "'");
  CHECK(bench.Do(
      [&](postgres::Transaction& tx) { return !bench.store.Find(tx, kAlma, Draft(1).id).ok(); }));
}

TEST_CASE("One signature files one change once", "[registry][postgres]") {
  Bench bench;
  bench.Filed(Draft(1), Signature(1));
  PayoutChange second = Draft(2);
  REQUIRE(bench.Insert(second));
  REQUIRE_OK(FilePayoutChange(second, Signature(1), kNow, kNow));

  CHECK_FALSE(bench.database.connection()
                  .Transact([&](postgres::Transaction& tx) -> absl::Status {
                    bench.store.File(tx, second);
                    return absl::OkStatus();
                  })
                  .ok());
  CHECK(bench.Current(kAstrid)->id == Draft(1).id);
}

TEST_CASE("The database itself keeps what was filed, and files nothing without a signature",
          "[registry][postgres]") {
  Bench bench;
  bench.Filed(Draft(1), Signature(1));
  REQUIRE(bench.Insert(Draft(2)));

  CHECK_THROWS(
      bench.database.Run("UPDATE payout_account_change SET account = 'x' "
                         "WHERE account_version = 1"));
  CHECK_THROWS(bench.database.Run("DELETE FROM payout_account_change WHERE account_version = 1"));
  CHECK_THROWS(
      bench.database.Run("UPDATE payout_account_change SET account_version = 2, "
                         "valid_from = '2026-03-02' WHERE account_version IS NULL"));
}

}  // namespace
}  // namespace bitrade::registry
