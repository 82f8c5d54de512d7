#include "gateway/refusals/refusal_queue.h"

#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway {
namespace {

using identity::v1::Refusal;

constexpr int64_t kBegin = 1'790'000'040;  // a minute begins

Refusal Of(const std::string& session, const std::string& rpc, int64_t time = kBegin) {
  Refusal refusal;
  refusal.mutable_time()->set_seconds(time);
  refusal.set_session_id(session);
  refusal.set_rpc(rpc);
  refusal.set_reason("CSRF_REQUIRED");
  return refusal;
}

std::vector<Refusal> TakeAt(RefusalQueue& queue, int64_t time) {
  return queue.Take(absl::FromUnixSeconds(time));
}

TEST_CASE("Equal refusals of one session wait as one, which says how many and of what") {
  RefusalQueue queue;
  for (const char* id : {"a", "b", "a"}) {
    Refusal refusal = Of("s1", "A");
    refusal.set_request_id(id);
    refusal.add_object_ids(id);
    CHECK(queue.Add(refusal));
  }
  const std::vector<Refusal> taken = TakeAt(queue, kBegin);
  REQUIRE(taken.size() == 1);
  CHECK(taken[0].count() == 3);
  CHECK(taken[0].request_id() == "a");
  CHECK(taken[0].object_ids_size() == 2);
  CHECK(queue.size() == 0);
  CHECK(queue.Add(Of("s1", "A")));
  CHECK(TakeAt(queue, kBegin)[0].count() == 1);
}

TEST_CASE("What differs in whose, of whom, what, why or where from is a row of its own") {
  RefusalQueue queue;
  std::vector<Refusal> different(7, Of("s1", "A"));
  different[1].set_session_id("s2");
  different[2].set_acting_for("c");
  different[3].set_rpc("B");
  different[4].set_reason("NOT_FOUND");
  different[5].set_why("FOREIGN_PAGE");
  different[6].set_address("192.0.2.7");
  for (const Refusal& refusal : different) CHECK(queue.Add(refusal));
  const std::vector<Refusal> taken = TakeAt(queue, kBegin);
  REQUIRE(taken.size() == different.size());
  for (size_t i = 0; i < taken.size(); ++i) {
    different[i].set_count(1);
    CHECK(taken[i].SerializeAsString() == different[i].SerializeAsString());
  }
}

TEST_CASE("A row names at most twenty objects") {
  RefusalQueue queue;
  for (int i = 0; i < 30; ++i) {
    Refusal refusal = Of("s1", "A");
    refusal.add_object_ids(absl::StrCat(i));
    CHECK(queue.Add(refusal));
  }
  const std::vector<Refusal> taken = TakeAt(queue, kBegin);
  CHECK(taken[0].object_ids_size() == 20);
  CHECK(taken[0].count() == 30);
}

TEST_CASE("A session has so many rows a minute; the rest is one, when the minute is over") {
  RefusalQueue queue({.rows_of_minute = 2});
  for (int i = 0; i < 10; ++i) CHECK(queue.Add(Of("s1", absl::StrCat(i), kBegin + i)));
  CHECK(queue.Add(Of("s2", "A")));
  CHECK(TakeAt(queue, kBegin + 59).size() == 3);
  CHECK(queue.size() == 1);
  CHECK(queue.Add(Of("s1", "A", kBegin + 59)));
  const std::vector<Refusal> rest = TakeAt(queue, kBegin + 60);
  REQUIRE(rest.size() == 1);
  CHECK(rest[0].why() == "REST_OF_MINUTE");
  CHECK(rest[0].rpc() == "2");
  CHECK(rest[0].count() == 9);
  CHECK(queue.Add(Of("s1", "A", kBegin + 60)));
  CHECK(TakeAt(queue, kBegin + 60)[0].why().empty());
}

TEST_CASE("What took so long that its minute is over does not begin that minute anew") {
  RefusalQueue queue({.rows_of_minute = 1});
  CHECK(queue.Add(Of("s1", "A", kBegin)));
  CHECK(queue.Add(Of("s1", "B", kBegin - 1)));
  CHECK(TakeAt(queue, kBegin).size() == 1);
  CHECK(queue.size() == 1);
}

TEST_CASE("A full queue takes what is like a row that waits, and nothing else until it is taken") {
  RefusalQueue queue({.most = 2, .rows_of_minute = 1});
  CHECK(queue.Add(Of("s1", "A")));
  CHECK(queue.Add(Of("s1", "B")));  // the rest of her minute
  CHECK_FALSE(queue.Add(Of("s2", "A")));
  CHECK(queue.Add(Of("s1", "A")));
  CHECK(queue.Add(Of("s1", "C")));
  CHECK(queue.size() == 2);
  CHECK(queue.Take(absl::InfiniteFuture()).size() == 2);
  CHECK(queue.Add(Of("s2", "A")));
}

TEST_CASE("More sessions in a minute than are counted are not taken in") {
  RefusalQueue queue({.most_sessions = 2});
  CHECK(queue.Add(Of("s1", "A")));
  CHECK(queue.Add(Of("s2", "A")));
  CHECK_FALSE(queue.Add(Of("s3", "A")));
  CHECK(queue.Add(Of("s1", "B")));
  CHECK(queue.Add(Of("s3", "A", kBegin + 60)));
}

}  // namespace
}  // namespace bitrade::gateway
