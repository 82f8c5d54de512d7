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
    bench.logins.SaveComplete(tx, complete, {"Astrid Exempelsson", std::nullopt});
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
  Login second = first;
  second.id = bench.ids.New<LoginId>(bench.start);
  bench.Run([&](auto& tx) {
    CHECK_FALSE(bench.logins.Insert(tx, second, BrowserOf(1, Start::kOtherDevice)));
    CHECK(bench.logins.LockPending(tx, BrowserOf(1, Start::kOtherDevice)).at(0).id == first.id);
    CHECK(bench.logins.LockPending(tx, BrowserOf(2, Start::kOtherDevice)).empty());
  });
  bench.Cancel(first);
  CHECK(bench.Enter(1).id != first.id);
}

TEST_CASE("Of two log-ins that follow the same one, one is open", "[identity][postgres]") {
  Bench bench;
  const Login first = bench.Enter(1);
  const auto after = [](int browser) {
    LoginBrowser next = BrowserOf(browser, Start::kOtherDevice);
    next.earlier_hash = SecretHash(1);
    return next;
  };
  Login second = first, third = first;
  second.id = bench.ids.New<LoginId>(bench.start);
  third.id = bench.ids.New<LoginId>(bench.start);
  bench.Run([&](auto& tx) {
    CHECK(bench.logins.LockPending(tx, after(2)).at(0).id == first.id);
    CHECK(bench.logins.Insert(tx, second, after(2)));
    CHECK_FALSE(bench.logins.Insert(tx, third, after(3)));
    const std::vector<Login> both = bench.logins.LockPending(tx, after(3));
    REQUIRE(both.size() == 2);
    CHECK(both[1].id == second.id);
  });
  bench.Cancel(second);
  bench.Run([&](auto& tx) { CHECK(bench.logins.Insert(tx, third, after(3))); });
}

TEST_CASE("A browser comes back with its secret and its nonce, both", "[identity][postgres]") {
  Bench bench;
  const Login login = bench.Enter(1, Start::kSameDevice);
  bench.Enter(2, Start::kSameDevice);
  bench.Run([&](auto& tx) {
    CHECK_FALSE(bench.logins.LockReturning(tx, SecretHash(2), NonceHash(1)).has_value());
    CHECK_FALSE(bench.logins.LockReturning(tx, SecretHash(1), NonceHash(2)).has_value());
    CHECK_FALSE(bench.logins.LockReturning(tx, "", NonceHash(1)).has_value());
    const auto found = bench.logins.LockReturning(tx, SecretHash(1), NonceHash(1));
    REQUIRE(found.has_value());
    CHECK(found->id == login.id);
    bench.logins.Save(tx, *Return(*found, bench.start));
  });
  CHECK(bench.Find(login, 1).login.return_time == bench.start);
}

TEST_CASE("The address of a browser is sealed, and gone when the log-in has ended",
          "[identity][postgres]") {
  Bench bench;
  const Login login = bench.Enter(1, Start::kSameDevice);
  bench.Run([&](auto& tx) { CHECK(*bench.logins.AddressOf(tx, login.id) == "192.0.2.1"); });
  const pqxx::result rows = bench.database.Run("SELECT encode(address, 'escape') FROM login");
  CHECK_FALSE(absl::StrContains(rows[0][0].as<std::string>(), "192.0.2.1"));
  bench.Cancel(login);
  CHECK(bench.Count("login WHERE address IS NULL") == 1);
}

TEST_CASE("Neither secrets nor names stand in clear", "[identity][postgres]") {
  Bench bench;
  Completed(bench, bench.Enter(1));
  const pqxx::result rows = bench.database.Run(
      "SELECT encode(l.name, 'escape') || encode(o.secrets, 'escape') "
      "FROM login l JOIN bankid_order o ON o.login_id = l.id");
  REQUIRE(rows.size() == 1);
  const auto stored = rows[0][0].as<std::string>();
  for (const char* secret : {"Astrid", "order-ref", "auto-start", "qr-token", "qr-secret"}) {
    CHECK_FALSE(absl::StrContains(stored, secret));
  }
}

}  // namespace
}  // namespace bitrade::identity
