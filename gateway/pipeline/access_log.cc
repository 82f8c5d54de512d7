#include "gateway/pipeline/access_log.h"

#include <google/protobuf/descriptor.h>

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "services/common/log/log.h"
#include "services/common/rpc/metrics.h"

namespace bitrade::gateway {
namespace {

// What is no method of ours is a client's text.
std::string MethodOf(const Access& access) {
  return access.route == nullptr ? "" : std::string(access.method);
}

// With three decimals, made of whole numbers: printf's way costs as much as the rest of the line.
std::string Milliseconds(double seconds) {
  const auto micros = static_cast<int64_t>(seconds * 1e6);
  return absl::StrCat(micros / 1000, ".", absl::Dec(micros % 1000, absl::kZeroPad3));
}

}  // namespace

void LogAccess(const Parts& parts, const Access& access, absl::Time now) {
  const absl::string_view rpc =
      access.route == nullptr ? "none" : absl::string_view(access.route->method->full_name());
  const std::string outcome = absl::StrCat(access.status);
  parts.metrics.Called(rpc, outcome, access.seconds);
  const log::Level level = access.status >= 500 ? log::Level::kWarning : log::Level::kInfo;
  log::Write(level, "http", now,
             {{"method", MethodOf(access)},
              {"route", access.route == nullptr ? "" : access.route->path.text()},
              {"status", outcome, true},
              {"reason", std::string(access.reason)},
              {"ms", Milliseconds(access.seconds), true},
              {"request_id", access.request_id},
              {"traceparent", access.traceparent}});
}

}  // namespace bitrade::gateway
