#include "gateway/sessions/session_store.h"

#include <cstdlib>
#include <future>

#include "absl/strings/match.h"
#include "gateway/sessions/token.h"
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

  absl::Status Create() {
    std::promise<absl::Status> done;
    sessions.Create(key, Astrid(), [&](const absl::Status& status) { done.set_value(status); });
    return done.get_future().get();
  }
  absl::StatusOr<v1::StoredSession> Find(const std::string& at) {
    std::promise<absl::Status> done;
    v1::StoredSession session;
    sessions.Find(at, session, [&](const absl::Status& status) { done.set_value(status); });
    if (absl::Status found = done.get_future().get(); !found.ok()) return found;
    return session;
  }
  absl::Status End() {
    std::promise<absl::Status> done;
    sessions.End(key, [&](const absl::Status& status) { done.set_value(status); });
    return done.get_future().get();
  }
  absl::Status Rotate(const std::string& next_key) {
    std::promise<absl::Status> done;
    sessions.Rotate({key, next_key, Astrid(), Astrid(), "context"},
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
