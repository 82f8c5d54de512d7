#include "gateway/refusals/refusal_trail.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/fakes.h"

namespace bitrade::gateway {
namespace {

using identity::v1::RecordRefusalsRequest;
using identity::v1::Refusal;

constexpr std::chrono::milliseconds kSoon{1};
constexpr std::chrono::hours kNever{1};

// Identity, as a test lets it answer: with `answers` one after another, then with OK.
class Identity {
 public:
  explicit Identity(std::vector<absl::Status> answers = {}) : answers_(std::move(answers)) {}

  RefusalTrail::Send Listen() {
    return [this](const RecordRefusalsRequest& batch) {
      std::unique_lock lock(mutex_);
      heard_.push_back(batch);
      changed_.notify_all();
      changed_.wait(lock, [this] { return !holds_; });
      return heard_.size() <= answers_.size() ? answers_[heard_.size() - 1] : absl::OkStatus();
    };
  }
  // From now on it does not answer, until it does again.
  void Hold(bool holds) {
    const std::lock_guard lock(mutex_);
    holds_ = holds;
    changed_.notify_all();
  }
  // Waits, at most ten seconds, until it has heard `count` batches; returns all.
  std::vector<RecordRefusalsRequest> Await(size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(10),
                      [this, count] { return heard_.size() >= count; });
    return heard_;
  }

 private:
  const std::vector<absl::Status> answers_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool holds_ = false;
  std::vector<RecordRefusalsRequest> heard_;
};

Refusal Of(int number) {
  Refusal refusal;
  refusal.mutable_time()->set_seconds(1'790'000'040);
  refusal.set_session_id(absl::StrCat("s", number));
  refusal.set_rpc("A");
  return refusal;
}

struct House {
  explicit House(RefusalBounds bounds = {}) : trail(clock, ids, bounds) {}

  testing::FakeClock clock{absl::FromUnixSeconds(1'790'000'040)};
  testing::FakeIds ids;
  RefusalTrail trail;
};

TEST_CASE("A refusal is told after a while, and each batch has a name of its own") {
  Identity identity;
  House house;
  house.trail.Begin(identity.Listen(), kSoon);
  house.trail.Record(Of(1));
  REQUIRE(identity.Await(1).size() == 1);
  house.trail.Record(Of(1));
  const auto heard = identity.Await(2);
  REQUIRE(heard.size() == 2);
  CHECK(heard[0].refusals_size() == 1);
  CHECK(heard[0].batch_id() != heard[1].batch_id());
  CHECK(house.trail.unrecorded() == 0);
}

TEST_CASE("Many refusals are told at once") {
  Identity identity;
  House house;
  house.trail.Begin(identity.Listen(), kNever);
  for (int i = 0; i < 200; ++i) house.trail.Record(Of(i));
  REQUIRE(identity.Await(1).size() == 1);
  CHECK(identity.Await(1)[0].refusals_size() == 200);
}

TEST_CASE("What identity did not take comes again as it was, and what came after it after it") {
  Identity identity({absl::UnavailableError(""), absl::DeadlineExceededError("")});
  House house;
  house.trail.Begin(identity.Listen(), kSoon);
  house.trail.Record(Of(1));
  identity.Await(1);
  house.trail.Record(Of(2));
  const auto heard = identity.Await(4);
  REQUIRE(heard.size() == 4);
  CHECK(heard[0].SerializeAsString() == heard[1].SerializeAsString());
  CHECK(heard[0].SerializeAsString() == heard[2].SerializeAsString());
  CHECK(heard[3].refusals(0).session_id() == "s2");
  house.trail.Close();
  CHECK(house.trail.unrecorded() == 0);
}

TEST_CASE("What identity finds malformed stands in the log, and holds nothing up") {
  Identity identity({absl::InvalidArgumentError("")});
  House house;
  house.trail.Begin(identity.Listen(), kSoon);
  house.trail.Record(Of(1));
  identity.Await(1);
  house.trail.Record(Of(2));
  CHECK(identity.Await(2)[1].refusals(0).session_id() == "s2");
  house.trail.Close();
  CHECK(house.trail.unrecorded() == 1);
}

TEST_CASE("Nobody waits for identity, and what does not fit stands in the log") {
  Identity identity;
  House house({.most = 2});
  house.trail.Begin(identity.Listen(), kSoon);
  identity.Hold(true);
  house.trail.Record(Of(1));
  REQUIRE(identity.Await(1).size() == 1);
  for (int i = 2; i <= 5; ++i) house.trail.Record(Of(i));
  CHECK(house.trail.waiting() == 2);
  CHECK(house.trail.unrecorded() == 2);
  identity.Hold(false);
  CHECK(identity.Await(2)[1].refusals_size() == 2);
}

TEST_CASE("Whoever ends tells what waits, also the rest of a minute that is not over") {
  Identity identity;
  House house({.rows_of_minute = 1});
  house.trail.Begin(identity.Listen(), kNever);
  house.trail.Record(Of(1));
  Refusal other = Of(1);
  other.set_rpc("B");
  house.trail.Record(other);
  house.trail.Close();
  REQUIRE(identity.Await(1).size() == 1);
  CHECK(identity.Await(1)[0].refusals_size() == 2);
  house.trail.Record(Of(2));
  CHECK(house.trail.unrecorded() == 1);
}

TEST_CASE("What identity does not take at the end stands in the log") {
  Identity identity({absl::UnavailableError("")});
  House house;
  house.trail.Begin(identity.Listen(), kNever);
  house.trail.Record(Of(1));
  house.trail.Record(Of(2));
  house.trail.Close();
  CHECK(identity.Await(1).size() == 1);
  CHECK(house.trail.unrecorded() == 2);
}

}  // namespace
}  // namespace bitrade::gateway
