#include "services/identity/oidc_logins/store.h"

#include "absl/strings/match.h"
#include "services/identity/oidc/errors.h"
#include "services/identity/oidc/refusal.h"
#include "services/identity/oidc_logins/ends.h"
#include "services/identity/oidc_logins/messages.h"
#include "services/identity/testing/bench.h"

namespace bitrade::identity {
namespace {

constexpr char kIssuer[] = "https://id.example";
const oidc::LoginSecrets kSecrets{.state = "st4te", .nonce = "n0nce", .code_verifier = "v3rifier"};

struct OidcBench : Bench {
  OidcLoginStore oidc_logins{keyring};
  OidcLoginEnds ends{{logins, oidc_logins, persons, ids}, kIssuer};

  // A log-in that waits for its browser.
  Login Begin(int browser) {
    const Login login{.id = ids.New<LoginId>(clock.TimeNow()),
                      .method = Method::kTelia,
                      .start = Start::kSameDevice,
                      .purpose = Purpose::kEnter,
                      .create_time = clock.TimeNow()};
    Run([&](auto& tx) {
      REQUIRE(logins.Insert(tx, login, BrowserOf(browser, login.start)));
      oidc_logins.Insert(tx, login.id, kSecrets);
    });
    return login;
  }

  // Ends it as if the provider had answered so.
  Login End(const Login& login, const absl::StatusOr<oidc::ProvedPerson>& answer) {
    Login ended = login;
    Run([&](auto& tx) {
      const auto stored = ends.End(tx, login.id, answer, clock.TimeNow());
      REQUIRE_OK(stored);
      ended = *stored;
    });
    return ended;
  }

  std::vector<OwnedSession> SessionsOf(const std::string& subject, const std::string& session) {
    std::vector<OwnedSession> found;
    Run([&](auto& tx) { found = oidc_logins.SessionsOf(tx, {kIssuer, subject, session}); });
    return found;
  }
};

oidc::ProvedPerson Proved(absl::Time now, const std::string& session) {
  return {.facts = {.subject = "s1",
                    .session_id = session,
                    .level = oidc::kAcceptedLevels[0],
                    .number = *PersonNumber::Parse("191212121212", absl::CivilDay(2026, 1, 1)),
                    .auth_time = now},
          .name = "Astrid Exempelsson",
          .id_token = "h3ader.cl4ims.s1gnature"};
}

TEST_CASE("The secrets of a log-in at a provider count once", "[identity][postgres]") {
  OidcBench bench;
  const Login login = bench.Begin(1);
  bench.Run([&](auto& tx) {
    const auto taken = bench.oidc_logins.Take(tx, login.id);
    REQUIRE_OK(taken);
    REQUIRE(taken->has_value());
    CHECK((*taken)->nonce == "n0nce");
    CHECK((*taken)->code_verifier == "v3rifier");
    CHECK_FALSE(bench.oidc_logins.Take(tx, login.id)->has_value());
  });
}

TEST_CASE("Neither nonce nor code verifier stands in clear", "[identity][postgres]") {
  OidcBench bench;
  bench.Begin(1);
  const pqxx::result rows =
      bench.database.Run("SELECT encode(secrets, 'escape') FROM oidc_request");
  for (const char* const secret : {"n0nce", "v3rifier", "st4te"}) {
    CHECK_FALSE(absl::StrContains(rows[0][0].as<std::string>(), secret));
  }
}

TEST_CASE("Whom the provider proves, the log-in is complete with", "[identity][postgres]") {
  OidcBench bench;
  const Login ended = bench.End(bench.Begin(1), Proved(bench.start, "p1"));
  CHECK(ended.state == LoginState::kComplete);
  REQUIRE(ended.completion.has_value());
  CHECK(ended.completion->person == bench.Enter(std::string("191212121212")));
  CHECK(ended.completion->certificate_policy == oidc::kAcceptedLevels[0]);
  CHECK(bench.Find(ended, 1).name == "Astrid Exempelsson");
  CHECK(OidcMessageOf(ended).english.empty());
}

TEST_CASE("A refusal ends the log-in, and says so to its person", "[identity][postgres]") {
  OidcBench bench;
  const Login denied = bench.End(bench.Begin(1), oidc::RefusalOfReturn("access_denied"));
  CHECK(denied.state == LoginState::kFailed);
  CHECK(denied.reason == "OIDC_ACCESS_DENIED");
  CHECK(OidcMessageOf(denied).swedish == oidc::kOidcAccessDenied.swedish.detail);
  CHECK(bench.ends.refused() == 0);

  const Login unbelieved = bench.End(bench.Begin(2), oidc::Refused(oidc::Fault::kNonce));
  CHECK(unbelieved.reason == "OIDC_ANSWER_REFUSED");
  CHECK(bench.ends.refused() == 1);
  CHECK(bench.Count("oidc_session") == 0);
}

TEST_CASE("A log-in that has ended meanwhile lets nobody in", "[identity][postgres]") {
  OidcBench bench;
  const Login login = bench.Begin(1);
  bench.Cancel(login);
  CHECK(bench.End(login, Proved(bench.start, "p1")).state == LoginState::kCancelled);
  const Login late = bench.Begin(2);
  bench.clock.Advance(kPendingTime);
  CHECK(bench.End(late, Proved(bench.start, "p2")).reason == "LOGIN_EXPIRED");
  CHECK(bench.Count("person") == 0);
}

TEST_CASE("Of a log-in whose browser never comes back neither address nor secrets stay",
          "[identity][postgres]") {
  OidcBench bench;
  const Login left = bench.Begin(1);
  bench.Cancel(bench.Begin(2));
  bench.clock.Advance(kPendingTime - absl::Seconds(1));
  const Login young = bench.Begin(3);
  const auto forget = [&] {
    bench.Run([&](auto& tx) { bench.oidc_logins.Forget(tx, bench.clock.TimeNow()); });
  };
  forget();
  CHECK(bench.Count("login WHERE address IS NOT NULL") == 2);
  CHECK(bench.Count("oidc_request") == 2);
  bench.clock.Advance(absl::Seconds(1));
  forget();
  CHECK(bench.Count("login WHERE address IS NOT NULL AND id = '" + young.id.text() + "'") == 1);
  CHECK(bench.Count("login WHERE address IS NOT NULL") == 1);
  CHECK(bench.Count("login WHERE reason = 'LOGIN_EXPIRED' AND id = '" + left.id.text() + "'") == 1);
  CHECK(bench.Count("oidc_request") == 1);
}

TEST_CASE("Our sessions are found by the provider's session, or by its subject",
          "[identity][postgres]") {
  OidcBench bench;
  const Login one = bench.End(bench.Begin(1), Proved(bench.start, "p1"));
  const Login other = bench.End(bench.Begin(2), Proved(bench.start, "p2"));
  bench.End(bench.Begin(3), Proved(bench.start, ""));
  const auto first = bench.SessionsOf("", "p1");
  REQUIRE(first.size() == 1);
  CHECK(first[0].session == one.completion->session);
  CHECK(first[0].person == other.completion->person);
  CHECK(bench.SessionsOf("s1", "p2").size() == 1);
  CHECK(bench.SessionsOf("s1", "").size() == 3);
  CHECK(bench.SessionsOf("s2", "").empty());
  CHECK(bench.SessionsOf("", "p3").empty());
}

TEST_CASE("The ID token of a session is for its owner, and stands nowhere in clear",
          "[identity][postgres]") {
  OidcBench bench;
  const Completion ours = *bench.End(bench.Begin(1), Proved(bench.start, "p1")).completion;
  const auto token_of = [&](const OwnedSession& session) {
    std::optional<std::string> token;
    bench.Run([&](auto& tx) { token = bench.oidc_logins.IdTokenOf(tx, session).value(); });
    return token;
  };
  CHECK(token_of({ours.person, ours.session}) == "h3ader.cl4ims.s1gnature");
  CHECK(token_of({bench.ids.New<PersonId>(bench.start), ours.session}) == std::nullopt);
  CHECK(token_of({ours.person, bench.ids.New<SessionId>(bench.start)}) == std::nullopt);
  const pqxx::result rows =
      bench.database.Run("SELECT encode(id_token, 'escape') FROM oidc_session");
  CHECK_FALSE(absl::StrContains(rows[0][0].as<std::string>(), "cl4ims"));
}

TEST_CASE("A logout token counts once, until it expires", "[identity][postgres]") {
  OidcBench bench;
  bench.End(bench.Begin(1), Proved(bench.start, "p1"));
  const absl::Time expire = bench.start + absl::Minutes(2);
  bench.Run([&](auto& tx) {
    CHECK(bench.oidc_logins.Count(tx, "t1", expire));
    CHECK_FALSE(bench.oidc_logins.Count(tx, "t1", expire));
    CHECK(bench.oidc_logins.Count(tx, "t2", expire));
    bench.oidc_logins.Forget(tx, expire + absl::Seconds(1));
  });
  CHECK(bench.Count("oidc_logout_token") == 0);
  CHECK(bench.Count("oidc_session") == 1);
  bench.Run([&](auto& tx) { bench.oidc_logins.Forget(tx, bench.start + absl::Hours(9)); });
  CHECK(bench.Count("oidc_session") == 0);
}

}  // namespace
}  // namespace bitrade::identity
