#include "gateway/sessions/session_store.h"

#include <cstdlib>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "gateway/sessions/token.h"
#include "gateway/sessions/user_agent.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/crypto/keyring.h"
#include "services/common/redis/pipeline.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/fakes.h"

namespace bitrade::gateway {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'772'442'000);

std::string TestSocket() {
  const char* socket = std::getenv("BITRADE_TEST_REDIS");
  REQUIRE(socket != nullptr);
  return socket;
}

v1::StoredSession Astrid() {
  v1::StoredSession session;
  session.set_session_id("0190f5a2-7c3e-7b1d-8f00-0000000000bb");
  session.set_person_id("0190f5a2-7c3e-7b1d-8f00-0000000000aa");
  session.set_name("Astrid Exempelsson");
  session.set_csrf_token("csrf");
  session.set_ticket("ticket-of-astrid");
  session.set_absolute_expire_time_s(absl::ToUnixSeconds(kNow + absl::Hours(8)));
  return session;
}

struct Store {
  testing::FakeClock clock{kNow};
  crypto::Keyring keyring{{{"k1", std::string(32, 'k')}}};
  redis::Pipeline redis{{.socket = TestSocket()}};
  SessionStore sessions{redis, keyring, clock, {.idle = absl::Minutes(30)}};
  const std::string key = SessionKeyOf(NewToken());

  SessionStore::Ended Create(const std::string& at, const v1::StoredSession& session) {
    std::promise<SessionStore::Ended> done;
    sessions.Create(at, session,
                    [&](SessionStore::Ended ended) { done.set_value(std::move(ended)); });
    return done.get_future().get();
  }
  absl::Status Create() { return Create(key, Astrid()).status(); }
  absl::StatusOr<v1::StoredSession> Find(const std::string& at) {
    std::promise<absl::Status> done;
    v1::StoredSession session;
    sessions.Find(at, session, [&](const absl::Status& status) { done.set_value(status); });
    if (absl::Status found = done.get_future().get(); !found.ok()) return found;
    return session;
  }
  absl::Status Look(const std::string& at) {
    std::promise<absl::Status> done;
    v1::StoredSession session;
    sessions.Look(at, session, [&](const absl::Status& status) { done.set_value(status); });
    return done.get_future().get();
  }
  absl::Status End(const std::string& at, const v1::StoredSession& session) {
    std::promise<absl::Status> done;
    sessions.End(at, session, [&](const absl::Status& status) { done.set_value(status); });
    return done.get_future().get();
  }
  absl::Status End() { return End(key, Astrid()); }
  absl::Status EndAll(const std::string& person) {
    std::promise<absl::Status> done;
    sessions.EndAll(person, [&](const absl::Status& status) { done.set_value(status); });
    return done.get_future().get();
  }
  std::vector<SessionStore::Seen> List(const std::string& person) {
    std::promise<absl::StatusOr<std::vector<SessionStore::Seen>>> done;
    sessions.List(person, [&](auto all) { done.set_value(std::move(all)); });
    auto all = done.get_future().get();
    REQUIRE_OK(all);
    return *std::move(all);
  }
  // The keys of a person's sessions, the oldest first.
  std::vector<std::string> KeysOf(const std::string& person) {
    std::vector<std::string> keys;
    for (const SessionStore::Seen& seen : List(person)) keys.push_back(seen.key);
    return keys;
  }
  // Keeps one more session of `person`, a second later, and returns its key.
  std::string More(const std::string& person) {
    clock.Advance(absl::Seconds(1));
    v1::StoredSession session = Astrid();
    session.set_person_id(person);
    session.set_session_id(NewToken());
    const std::string more = SessionKeyOf(NewToken());
    REQUIRE_OK(Create(more, session));
    return more;
  }
  absl::Status Rotate(const std::string& next_key) { return Rotate(key, next_key, Astrid()); }
  absl::Status Rotate(const std::string& from, const std::string& next_key,
                      const v1::StoredSession& session) {
    std::promise<absl::Status> done;
    v1::StoredSession next = session;
    next.set_predecessor(from);
    sessions.Rotate({from, next_key, session, next, "context"},
                    [&](const absl::Status& status) { done.set_value(status); });
    return done.get_future().get();
  }
  std::string Command(redis::Command command) {
    std::promise<std::string> done;
    redis.Send(std::move(command), [&](const absl::StatusOr<redis::Reply>& reply) {
      REQUIRE(reply.ok());
      done.set_value(reply->text().empty() ? std::to_string(reply->number())
                                           : std::string(reply->text()));
    });
    return done.get_future().get();
  }
};

TEST_CASE("A session is found under the hash of its token, for as long as it is used") {
  Store store;
  REQUIRE_OK(store.Create());
  store.Command({"EXPIRE", store.key, "60"});
  const auto found = store.Find(store.key);
  REQUIRE_OK(found);
  CHECK(found->name() == "Astrid Exempelsson");
  CHECK(store.Command({"TTL", store.key}) == "1800");
  CHECK(testing::ReasonOf(store.Find(SessionKeyOf(NewToken()))) == "SESSION_REQUIRED");
}

TEST_CASE("A row tells whoever reads Redis neither name nor ticket") {
  Store store;
  REQUIRE_OK(store.Create());
  const std::string row = store.Command({"GET", store.key});
  for (const char* secret : {"Astrid", "ticket-of-astrid", "csrf"}) {
    CHECK_FALSE(absl::StrContains(row, secret));
  }
}

TEST_CASE("A row that was written, changed or moved by somebody else is no session") {
  Store store;
  REQUIRE_OK(store.Create());
  const std::string row = store.Command({"GET", store.key});
  const std::string elsewhere = SessionKeyOf(NewToken());
  std::string changed = row;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  int64_t foreign = 0;
  for (const std::string& content :
       {row, std::string(), std::string("garbage"), Astrid().SerializeAsString(), changed}) {
    store.Command({"SET", elsewhere, content, "EX", "60"});
    CHECK(testing::ReasonOf(store.Find(elsewhere)) == "SESSION_REQUIRED");
    CHECK(store.sessions.foreign_rows() == ++foreign);
  }
  store.Command({"SET", store.key, changed, "EX", "60"});
  CHECK(testing::ReasonOf(store.Find(store.key)) == "SESSION_REQUIRED");
}

TEST_CASE("A session ends at its absolute time, however much it is used") {
  Store store;
  REQUIRE_OK(store.Create());
  store.clock.Advance(absl::Hours(8) - absl::Seconds(1));
  CHECK(store.Find(store.key).ok());
  store.clock.Advance(absl::Seconds(1));
  CHECK(testing::ReasonOf(store.Find(store.key)) == "SESSION_REQUIRED");
}

TEST_CASE("A new ticket is kept, and brings no ended session back") {
  Store store;
  REQUIRE_OK(store.Create());
  v1::StoredSession renewed = Astrid();
  renewed.set_ticket("renewed");
  store.sessions.Replace(store.key, renewed);
  CHECK(store.Find(store.key)->ticket() == "renewed");
  REQUIRE_OK(store.End());
  store.sessions.Replace(store.key, renewed);
  CHECK(testing::ReasonOf(store.Find(store.key)) == "SESSION_REQUIRED");
}

TEST_CASE(
    "A session goes on under another token, and the old one lasts ten seconds however it is used") {
  Store store;
  REQUIRE_OK(store.Create());
  const std::string next = SessionKeyOf(NewToken());
  REQUIRE_OK(store.Rotate(next));
  CHECK(store.Find(next)->successor().empty());
  CHECK(store.Find(store.key)->successor() == next);
  CHECK(store.Find(store.key)->context() == "context");
  store.sessions.Replace(store.key, Astrid());
  store.clock.Advance(absl::Seconds(9));
  CHECK(store.Find(store.key).ok());
  store.clock.Advance(absl::Seconds(1));
  CHECK(testing::ReasonOf(store.Find(store.key)) == "SESSION_REQUIRED");
  CHECK(store.Find(next).ok());
}

TEST_CASE("A session goes on once, and not at all when it was ended") {
  Store store;
  REQUIRE_OK(store.Create());
  REQUIRE_OK(store.Rotate(SessionKeyOf(NewToken())));
  const std::string second = SessionKeyOf(NewToken());
  CHECK(testing::ReasonOf(store.Rotate(second)) == "CONFLICT_RETRY");
  REQUIRE_OK(store.End());
  CHECK(testing::ReasonOf(store.Rotate(second)) == "SESSION_REQUIRED");
  CHECK(testing::ReasonOf(store.Find(second)) == "SESSION_REQUIRED");
}

TEST_CASE("Of a person's sessions the oldest ends when there is one too many") {
  Store store;
  const std::string person = NewToken();
  std::vector<std::string> keys(3);
  for (std::string& key : keys) key = store.More(person);
  v1::StoredSession fourth = Astrid();
  fourth.set_person_id(person);
  fourth.set_session_id("fourth");
  store.clock.Advance(absl::Seconds(1));
  const auto ended = store.Create(store.key, fourth);
  REQUIRE_OK(ended);
  REQUIRE(ended->size() == 1);
  CHECK(ended->front().create_time_ms() == absl::ToUnixMillis(kNow + absl::Seconds(1)));
  CHECK(store.KeysOf(person) == std::vector<std::string>{keys[1], keys[2], store.key});
  CHECK(testing::ReasonOf(store.Find(keys[0])) == "SESSION_REQUIRED");
  CHECK(store.Find(keys[1])->ended_sessions() == 0);
  CHECK(store.Find(store.key)->ended_sessions() == 1);
}

TEST_CASE("A log-in that is taken up again is one session, and pushes no other out") {
  Store store;
  const std::string person = NewToken();
  const std::string one = store.More(person), two = store.More(person);
  v1::StoredSession again = Astrid();
  again.set_person_id(person);
  std::vector<std::string> rows;
  for (int i = 0; i < 6; ++i) {
    rows.push_back(SessionKeyOf(NewToken()));
    const auto ended = store.Create(rows.back(), again);
    REQUIRE_OK(ended);
    CHECK(ended->empty());
    store.clock.Advance(absl::Seconds(1));
  }
  for (const std::string& key : {one, two, rows[2], rows[5]}) CHECK(store.Find(key).ok());
  CHECK(testing::ReasonOf(store.Find(rows[1])) == "SESSION_REQUIRED");
  const std::string fourth = store.More(person);
  CHECK(testing::ReasonOf(store.Find(one)) == "SESSION_REQUIRED");
  CHECK(store.Find(fourth)->ended_sessions() == 1);
  store.More(person);
  v1::StoredSession last = Astrid();
  last.set_person_id(person);
  last.set_session_id("last");
  const auto ended = store.Create(store.key, last);
  REQUIRE_OK(ended);
  REQUIRE(ended->size() == 1);
  CHECK(ended->front().session_id() == again.session_id());
  for (const std::string& key : rows) CHECK_FALSE(store.Find(key).ok());
}

TEST_CASE("Whoever logs in has a session, also where a clock is slow") {
  Store store;
  const std::string person = NewToken();
  for (int i = 0; i < 3; ++i) store.More(person);
  store.clock.Advance(-absl::Minutes(1));
  CHECK(store.Find(store.More(person)).ok());
}

TEST_CASE("A session that ended by itself counts no more") {
  Store store;
  const std::string person = NewToken();
  const std::string first = store.More(person), second = store.More(person);
  store.Command({"DEL", second});
  const std::string third = store.More(person), fourth = store.More(person);
  CHECK(store.KeysOf(person) == std::vector<std::string>{first, third, fourth});
}

TEST_CASE("To look at sessions prolongs none, and tells when each was last used") {
  Store store;
  const std::string person = NewToken(), key = store.More(person);
  store.Command({"EXPIRE", key, "600"});
  const std::vector<SessionStore::Seen> all = store.List(person);
  REQUIRE(all.size() == 1);
  CHECK(all[0].last_use == store.clock.TimeNow() - absl::Minutes(20));
  REQUIRE_OK(store.Look(key));
  CHECK(store.Command({"TTL", key}) == "600");
}

TEST_CASE("Nobody sees or ends another's session, whatever somebody writes into the index") {
  Store store;
  const std::string mine = NewToken(), other = NewToken();
  const std::string own = store.More(mine), foreign = store.More(other);
  store.Command({"ZADD", "person:" + mine + ":sess", "1", foreign});
  CHECK(store.KeysOf(mine) == std::vector<std::string>{own});
  for (int i = 0; i < 2; ++i) store.More(mine);
  v1::StoredSession next = Astrid();
  next.set_person_id(mine);
  const auto ended = store.Create(store.key, next);
  REQUIRE_OK(ended);
  CHECK(ended->size() <= 1);
}

TEST_CASE("A session that goes on under another token is one session, and ends as one") {
  Store store;
  const std::string person = NewToken(), first = store.More(person);
  const std::string next = SessionKeyOf(NewToken());
  REQUIRE_OK(store.Rotate(first, next, *store.Find(first)));
  CHECK(store.KeysOf(person) == std::vector<std::string>{next});
  CHECK(store.Find(first).ok());
  REQUIRE_OK(store.End(next, *store.Find(next)));
  CHECK(testing::ReasonOf(store.Find(first)) == "SESSION_REQUIRED");
  CHECK(testing::ReasonOf(store.Find(next)) == "SESSION_REQUIRED");
  CHECK(store.KeysOf(person).empty());
}

TEST_CASE("A session that is renewed no more ends, but not what is under way with its old token") {
  Store store;
  const std::string person = NewToken(), first = store.More(person);
  const v1::StoredSession session = *store.Find(first);
  const std::string next = SessionKeyOf(NewToken());
  REQUIRE_OK(store.Rotate(first, next, session));
  store.sessions.Drop(first, session);
  CHECK(store.Find(first).ok());
  store.sessions.Drop(next, session);
  CHECK(testing::ReasonOf(store.Find(next)) == "SESSION_REQUIRED");
  CHECK(store.KeysOf(person).empty());
}

TEST_CASE("Ending all sessions of a person ends nobody else's") {
  Store store;
  const std::string person = NewToken(), other = NewToken();
  const std::string one = store.More(person), two = store.More(person), foreign = store.More(other);
  REQUIRE_OK(store.EndAll(person));
  CHECK(testing::ReasonOf(store.Find(one)) == "SESSION_REQUIRED");
  CHECK(testing::ReasonOf(store.Find(two)) == "SESSION_REQUIRED");
  CHECK(store.Find(foreign).ok());
  REQUIRE_OK(store.EndAll(person));
}

TEST_CASE("A browser is known by its family, and by nothing more") {
  CHECK(UserAgentFamily("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0") ==
        "FIREFOX");
  CHECK(UserAgentFamily("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) "
                        "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0") == "EDGE");
  CHECK(UserAgentFamily("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) "
                        "Chrome/126.0.0.0 Mobile Safari/537.36") == "CHROME");
  CHECK(UserAgentFamily("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) "
                        "AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1") ==
        "SAFARI");
  CHECK(UserAgentFamily("curl/8.0") == "OTHER");
  CHECK(UserAgentFamily("") == "OTHER");
}

TEST_CASE("Without Redis nobody has a session, and nobody is told that it ended") {
  testing::FakeClock clock{kNow};
  const crypto::Keyring keyring{{{"k1", std::string(32, 'k')}}};
  redis::Pipeline nowhere({.socket = "/tmp/bitrade-no-such-socket"});
  SessionStore sessions(nowhere, keyring, clock, {});
  std::promise<absl::Status> done;
  v1::StoredSession session;
  sessions.Find("sess:x", session, [&](const absl::Status& status) { done.set_value(status); });
  CHECK(testing::CodeOf(done.get_future().get()) == absl::StatusCode::kUnavailable);
}

TEST_CASE("A token is 256 random bits, and nothing else has its form") {
  const std::string token = NewToken();
  CHECK(IsToken(token));
  CHECK(token != NewToken());
  CHECK(SessionKeyOf("abc") ==
        "sess:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  for (const char* text : {"", "abc", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA*"}) {
    CHECK_FALSE(IsToken(text));
  }
}

}  // namespace
}  // namespace bitrade::gateway
