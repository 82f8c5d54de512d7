#include "gateway/sessions/rate_limits.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/error/error.h"
#include "services/common/redis/pipeline.h"

namespace bitrade::gateway {
namespace {

// Keys: counters. Arguments: of each, how many are allowed and the seconds of its window. Answers
// the seconds to wait; 0 when the try is counted.
constexpr char kTake[] = R"lua(
    local wait = 0
    for i, key in ipairs(KEYS) do
      if tonumber(redis.call('GET', key) or 0) >= tonumber(ARGV[2 * i - 1]) then
        wait = math.max(wait, redis.call('TTL', key), 1)
      end
    end
    if wait > 0 then return wait end
    for i, key in ipairs(KEYS) do
      if redis.call('INCR', key) == 1 then redis.call('EXPIRE', key, ARGV[2 * i]) end
    end
    return 0)lua";

absl::Status OutcomeOf(const absl::StatusOr<redis::Reply>& wait) {
  if (!wait.ok()) return wait.status();
  if (wait->number() == 0) return absl::OkStatus();
  const absl::Status limited = Refuse(kRateLimited);
  ErrorDetails details = DetailsOf(limited);
  details.retry_after_seconds = static_cast<int>(wait->number());
  return WithDetails(limited, details);
}

// Returns the address with all but its first `bytes` zero; "" when it is of another family.
template <size_t kSize>
std::string Prefix(int family, const std::string& address, std::ptrdiff_t bytes) {
  std::array<unsigned char, kSize> parsed{};
  if (inet_pton(family, address.c_str(), parsed.data()) != 1) return "";
  std::fill(parsed.begin() + bytes, parsed.end(), 0);
  std::array<char, INET6_ADDRSTRLEN> text{};
  return inet_ntop(family, parsed.data(), text.data(), text.size());
}

}  // namespace

std::string NetworkOf(absl::string_view address) {
  const std::string text(address);
  std::string network = Prefix<4>(AF_INET, text, 3);
  if (network.empty()) network = Prefix<16>(AF_INET6, text, 6);
  return network.empty() ? text : network;
}

void RateLimits::Take(const std::vector<RateLimit>& limits,
                      std::function<void(absl::Status)> done) {
  redis::Command command{"EVAL", kTake, absl::StrCat(limits.size())};
  for (const RateLimit& limit : limits) {
    command.push_back(absl::StrCat("rate:", limit.name, ":", limit.who));
  }
  for (const RateLimit& limit : limits) {
    command.push_back(absl::StrCat(limit.most));
    command.push_back(absl::StrCat(absl::ToInt64Seconds(limit.window)));
  }
  redis_.Send(std::move(command),
              [done = std::move(done)](const absl::StatusOr<redis::Reply>& wait) {
                done(OutcomeOf(wait));
              });
}

}  // namespace bitrade::gateway
