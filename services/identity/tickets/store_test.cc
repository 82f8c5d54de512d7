#include "services/identity/tickets/store.h"

#include "migrations/identity_schema.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::identity {
namespace {

const absl::Time kFirst = absl::FromUnixMillis(1'772'445'600'500);
const PersonId kAstrid = PersonId::Trusted("00000000-0000-7000-8000-000000000002");
const PersonId kDisa = PersonId::Trusted("00000000-0000-7000-8000-000000000003");
const SessionId kOne = SessionId::Trusted("00000000-0000-7000-8000-0000000000b1");
const SessionId kOther = SessionId::Trusted("00000000-0000-7000-8000-0000000000b2");

// Two persons, and whatever a test does with their sessions.
struct Revocations {
  Revocations() {
    for (const PersonId& person : {kAstrid, kDisa}) {
      database.Run("INSERT INTO person VALUES ('" + person.text() + "', 'x', '2026-01-01Z')");
    }
  }
  Revocation Find(const PersonId& person, const SessionId& session) {
    Revocation found;
    REQUIRE_OK(database.connection().Read([&](postgres::Transaction& tx) {
      found = store.Find(tx, {person, session});
      return absl::OkStatus();
    }));
    return found;
  }
  absl::Time EpochFor(const PersonId& person, const SessionId& session) {
    return Find(person, session).epoch;
  }
  void Run(const std::function<void(postgres::Transaction&)>& work) {
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) {
      work(tx);
      return absl::OkStatus();
    }));
  }

  testing::Database database{identity_schema()};
  RevocationStore store;
};

TEST_CASE("An epoch ends all sessions of its person, is raised and never goes back",
          "[identity][postgres]") {
  Revocations revocations;
  CHECK(revocations.EpochFor(kAstrid, kOne) == absl::InfinitePast());
  const absl::Time later = kFirst + absl::Seconds(1);
  for (const absl::Time epoch : {kFirst, later, kFirst}) {
    revocations.Run([&](auto& tx) { revocations.store.EndAll(tx, kAstrid, epoch); });
    CHECK(revocations.EpochFor(kAstrid, kOne) >= epoch);
  }
  CHECK(revocations.EpochFor(kAstrid, kOther) == later);
  CHECK(revocations.EpochFor(kDisa, kOne) == absl::InfinitePast());
}

TEST_CASE("A session that was ended by itself ends no other, and nobody else's",
          "[identity][postgres]") {
  Revocations revocations;
  for (int i = 0; i < 2; ++i) {
    revocations.Run([&](auto& tx) { revocations.store.End(tx, {kAstrid, kOne}, kFirst); });
  }
  CHECK(revocations.EpochFor(kAstrid, kOne) == absl::InfiniteFuture());
  CHECK(revocations.EpochFor(kAstrid, kOther) == absl::InfinitePast());
  CHECK(revocations.EpochFor(kDisa, kOne) == absl::InfinitePast());
}

TEST_CASE("An end is forgotten when no ticket of the session could be renewed any more",
          "[identity][postgres]") {
  Revocations revocations;
  const auto end = [&](const SessionId& session, absl::Time now) {
    revocations.Run([&](auto& tx) { revocations.store.End(tx, {kAstrid, session}, now); });
  };
  end(kOne, kFirst);
  end(kOther, kFirst + kSessionTime);
  CHECK(revocations.EpochFor(kAstrid, kOne) == absl::InfiniteFuture());
  end(kOther, kFirst + 2 * kSessionTime + absl::Seconds(1));
  CHECK(revocations.EpochFor(kAstrid, kOne) == absl::InfinitePast());
  CHECK(revocations.EpochFor(kAstrid, kOther) == absl::InfiniteFuture());
}

TEST_CASE(
    "A session that goes on keeps the latest time at which it did, and ends no other's tickets",
    "[identity][postgres]") {
  Revocations revocations;
  CHECK(revocations.Find(kAstrid, kOne).rotate_time == absl::InfinitePast());
  const auto rotate = [&](const SessionId& session, absl::Time time) {
    revocations.Run([&](auto& tx) { revocations.store.Rotate(tx, {kAstrid, session}, time); });
  };
  for (const absl::Time time : {kFirst, kFirst + absl::Seconds(1), kFirst}) rotate(kOne, time);
  CHECK(revocations.Find(kAstrid, kOne).rotate_time == kFirst + absl::Seconds(1));
  CHECK(revocations.EpochFor(kAstrid, kOne) == absl::InfinitePast());
  CHECK(revocations.Find(kAstrid, kOther).rotate_time == absl::InfinitePast());
  CHECK(revocations.Find(kDisa, kOne).rotate_time == absl::InfinitePast());
  rotate(kOther, kFirst + 2 * kSessionTime + absl::Seconds(2));
  CHECK(revocations.Find(kAstrid, kOne).rotate_time == absl::InfinitePast());
}

}  // namespace
}  // namespace bitrade::identity
