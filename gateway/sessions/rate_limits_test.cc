#include "gateway/sessions/rate_limits.h"

#include <cstdlib>
#include <future>

#include "gateway/sessions/token.h"
#include "services/common/error/error.h"
#include "services/common/redis/pipeline.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway {
namespace {

std::string TestSocket() {
  const char* socket = std::getenv("BITRADE_TEST_REDIS");
  REQUIRE(socket != nullptr);
  return socket;
}

absl::Status Take(RateLimits& limits, const std::vector<RateLimit>& asked) {
  std::promise<absl::Status> done;
  limits.Take(asked, [&](const absl::Status& status) { done.set_value(status); });
  return done.get_future().get();
}

TEST_CASE("A try too many is refused until its window ends, and is counted nowhere") {
  redis::Pipeline redis{{.socket = TestSocket()}};
  RateLimits limits(redis);
  const std::string who = NewToken();
  const RateLimit few{"few", who, 2, absl::Minutes(1)}, many{"many", who, 3, absl::Hours(1)};
  REQUIRE_OK(Take(limits, {few, many}));
  REQUIRE_OK(Take(limits, {few, many}));
  const absl::Status refused = Take(limits, {few, many});
  CHECK(testing::ReasonOf(refused) == "RATE_LIMITED");
  CHECK(DetailsOf(refused).retry_after_seconds.value_or(0) > 50);
  CHECK(DetailsOf(refused).retry_after_seconds.value_or(0) <= 60);
  REQUIRE_OK(Take(limits, {many}));
  CHECK(testing::ReasonOf(Take(limits, {many})) == "RATE_LIMITED");
}

TEST_CASE("One's tries are not another's") {
  redis::Pipeline redis{{.socket = TestSocket()}};
  RateLimits limits(redis);
  const std::string one = NewToken(), other = NewToken();
  REQUIRE_OK(Take(limits, {{"once", one, 1, absl::Minutes(1)}}));
  CHECK(testing::ReasonOf(Take(limits, {{"once", one, 1, absl::Minutes(1)}})) == "RATE_LIMITED");
  REQUIRE_OK(Take(limits, {{"once", other, 1, absl::Minutes(1)}}));
}

TEST_CASE("A window ends by itself") {
  redis::Pipeline redis{{.socket = TestSocket()}};
  RateLimits limits(redis);
  const RateLimit once{"once", NewToken(), 1, absl::Minutes(1)};
  REQUIRE_OK(Take(limits, {once}));
  std::promise<void> ended;
  redis.Send({"PEXPIRE", "rate:once:" + once.who, "0"}, [&](const auto&) { ended.set_value(); });
  ended.get_future().get();
  REQUIRE_OK(Take(limits, {once}));
}

TEST_CASE("Where nobody can count, nobody is let through") {
  redis::Pipeline nowhere({.socket = "/tmp/bitrade-no-such-socket"});
  RateLimits limits(nowhere);
  CHECK(testing::CodeOf(Take(limits, {{"few", "me", 2, absl::Minutes(1)}})) ==
        absl::StatusCode::kUnavailable);
}

TEST_CASE("Addresses of one network are counted together") {
  CHECK(NetworkOf("192.0.2.17") == "192.0.2.0");
  CHECK(NetworkOf("192.0.3.17") == "192.0.3.0");
  CHECK(NetworkOf("2001:db8:1:2::3") == "2001:db8:1::");
  CHECK(NetworkOf("nonsense") == "nonsense");
}

}  // namespace
}  // namespace bitrade::gateway
