#include "services/identity/logins/store.h"

#include "absl/strings/match.h"
#include "services/identity/testing/bench.h"

namespace bitrade::identity {
namespace {

Login Completed(Bench& bench, const Login& login) {
  Login complete = login;
  bench.Run([&](auto& tx) {
    const auto person = bench.ids.New<PersonId>(bench.start);
    bench.persons.Ensure(tx, *PersonNumber::Parse("191212121212", absl::CivilDay(2026, 1, 1)),
                         person, bench.start);
    complete = *Complete(
        login, {person, bench.ids.New<SessionId>(bench.start), "1.2.3.4.25", bench.start});
    bench.logins.SaveComplete(tx, complete, "Astrid Exempelsson");
  });
  return complete;
}

TEST_CASE("A log-in comes back to the browser that started it, and to no other",
          "[identity][postgres]") {
  Bench bench;
  const Login login = bench.Enter(1);
  const SeenLogin seen = bench.Find(login, 1);

  CHECK(seen.login.state == LoginState::kPending);
  CHECK(seen.login.hint == "OUTSTANDING_TRANSACTION");
  CHECK(seen.login.create_time == bench.start);
  REQUIRE(seen.order.has_value());
  CHECK(seen.order->order_ref == "order-ref");
  CHECK(seen.order->auto_start_token == "auto-start-token");
  CHECK(seen.order->qr.start_secret == "qr-secret");
  CHECK(seen.order->receive_time == bench.start);
  bench.Run([&](auto& tx) {
    CHECK_FALSE(bench.logins.Find(tx, login.id, SecretHash(2))->has_value());
    CHECK_FALSE(bench.logins.Lock(tx, login.id, SecretHash(2)).has_value());
    CHECK_FALSE(bench.logins.Find(tx, login.id, "")->has_value());
    CHECK(bench.logins.Lock(tx, login.id, SecretHash(1)).has_value());
  });
}

TEST_CASE("A completed log-in keeps person, session and name", "[identity][postgres]") {
  Bench bench;
  const Login complete = Completed(bench, bench.Enter(1));
  const SeenLogin seen = bench.Find(complete, 1);

  CHECK(seen.login.state == LoginState::kComplete);
  REQUIRE(seen.login.completion.has_value());
  CHECK(seen.login.completion->person == complete.completion->person);
  CHECK(seen.login.completion->session == complete.completion->session);
  CHECK(seen.login.completion->certificate_policy == "1.2.3.4.25");
  CHECK(seen.login.completion->time == bench.start);
  CHECK(seen.login.version == 2);
  CHECK(seen.name == "Astrid Exempelsson");
}

TEST_CASE("A browser has one open log-in", "[identity][postgres]") {
  Bench bench;
  const Login first = bench.Enter(1);
  const auto second = bench.database.connection().Transact([&](postgres::Transaction& tx) {
    Login login = first;
    login.id = bench.ids.New<LoginId>(bench.start);
    bench.logins.Insert(tx, login, SecretHash(1));
    return absl::OkStatus();
  });
  CHECK(testing::CodeOf(second) == absl::StatusCode::kAlreadyExists);
  bench.Run([&](auto& tx) {
    CHECK(bench.logins.LockPending(tx, SecretHash(1))->id == first.id);
    CHECK_FALSE(bench.logins.LockPending(tx, SecretHash(2)).has_value());
  });
  bench.Cancel(first);
  CHECK(bench.Enter(1).id != first.id);
}

TEST_CASE("Neither secrets nor names stand in clear", "[identity][postgres]") {
  Bench bench;
  Completed(bench, bench.Enter(1));
  const pqxx::result rows = bench.database.Run(
      "SELECT encode(l.name, 'escape') || encode(o.secrets, 'escape') "
      "FROM login l JOIN bankid_order o ON o.login_id = l.id");
  REQUIRE(rows.size() == 1);
  const std::string stored = rows[0][0].as<std::string>();
  for (const char* secret : {"Astrid", "order-ref", "auto-start", "qr-token", "qr-secret"}) {
    CHECK_FALSE(absl::StrContains(stored, secret));
  }
}

}  // namespace
}  // namespace bitrade::identity
