#include "services/identity/persons/store.h"

#include <thread>

#include "absl/strings/match.h"
#include "migrations/identity_schema.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::identity {
namespace {

using Keys = std::vector<std::pair<std::string, std::string>>;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
const Keys kOld = {{"k1", std::string(32, 'a')}};
const Keys kBoth = {{"k1", std::string(32, 'a')}, {"k2", std::string(32, 'b')}};
const Keys kNew = {{"k2", std::string(32, 'b')}};

PersonNumber Number(absl::string_view text) {
  return *PersonNumber::Parse(text, absl::CivilDay(2026, 1, 1));
}

struct Bench {
  testing::Database database{identity_schema()};
  testing::FakeIds ids;

  std::string Ensure(const crypto::Keyring& keyring, absl::string_view number) {
    return Ensure(database.connection(), keyring, number, ids.New<PersonId>(kNow));
  }

  static std::string Ensure(postgres::Connection& connection, const crypto::Keyring& keyring,
                            absl::string_view number, const PersonId& fresh) {
    PersonStore store(keyring);
    const auto found =
        connection.Transact([&](postgres::Transaction& tx) -> absl::StatusOr<PersonId> {
          return store.Ensure(tx, Number(number), fresh, kNow);
        });
    return found.ok() ? found->text() : found.status().ToString();
  }

  int Persons() { return database.Run("SELECT count(*) FROM person")[0][0].as<int>(); }
};

TEST_CASE("A number has one person, another number another", "[identity][postgres]") {
  Bench bench;
  const crypto::Keyring keyring(kOld);
  const std::string first = bench.Ensure(keyring, "191212121212");
  CHECK(bench.Ensure(keyring, "191212121212") == first);
  CHECK(bench.Ensure(keyring, "199908072391") != first);
  CHECK(bench.Persons() == 2);
}

TEST_CASE("A person is found while keys are changed, whichever of them a process knows",
          "[identity][postgres]") {
  Bench bench;
  const crypto::Keyring old_key(kOld), both(kBoth), new_key(kNew);
  const std::string before = bench.Ensure(old_key, "191212121212");
  const std::string meanwhile = bench.Ensure(both, "199908072391");

  CHECK(bench.Ensure(old_key, "199908072391") == meanwhile);
  CHECK(bench.Ensure(both, "191212121212") == before);
  // The sight of it with both keys has made it known under the new one.
  CHECK(bench.Ensure(new_key, "191212121212") == before);
  CHECK(bench.Persons() == 2);
}

TEST_CASE("Many that meet a number at once get the same person", "[identity][postgres]") {
  constexpr int kMany = 8;
  Bench bench;
  const crypto::Keyring old_key(kOld), both(kBoth);
  std::vector<std::string> found(kMany);
  std::vector<std::thread> threads;
  for (int i = 0; i < kMany; ++i) {
    const auto fresh = bench.ids.New<PersonId>(kNow);
    threads.emplace_back([&, i, fresh] {
      postgres::Connection connection(bench.database.conninfo());
      found[static_cast<size_t>(i)] =
          Bench::Ensure(connection, i % 2 == 0 ? old_key : both, "191212121212", fresh);
    });
  }
  for (std::thread& thread : threads) thread.join();

  CHECK(bench.Persons() == 1);
  for (const std::string& person : found) CHECK(person == found[0]);
  CHECK(IsUuid(found[0]));
}

TEST_CASE("The number itself stands nowhere in clear", "[identity][postgres]") {
  Bench bench;
  bench.Ensure(crypto::Keyring(kOld), "191212121212");
  const pqxx::result rows = bench.database.Run(
      "SELECT encode(p.number, 'escape') || encode(h.hash, 'escape') "
      "FROM person p JOIN person_number_hash h ON h.person_id = p.id");
  REQUIRE(rows.size() == 1);
  CHECK_FALSE(absl::StrContains(rows[0][0].as<std::string>(), "1212121212"));
}

}  // namespace
}  // namespace bitrade::identity
