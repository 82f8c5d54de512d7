#include "gateway/http/edge.h"

#include <algorithm>
#include <utility>

#include "gateway/http/connection.h"

namespace bitrade::gateway::http {
namespace {

// A deadline is noticed at most a quarter of the shortest one late.
absl::Duration TickFor(const Limits& limits) {
  const absl::Duration shortest = std::min({limits.head_time, limits.body_time, limits.idle_time,
                                            limits.stall_time, limits.linger_time});
  return std::clamp(shortest / 4, absl::Milliseconds(1), absl::Milliseconds(250));
}

}  // namespace

Edge::Edge(Limits edge_limits, App edge_app, ProblemBody edge_problem)
    : limits(edge_limits),
      app(std::move(edge_app)),
      problem(std::move(edge_problem)),
      keeper(TickFor(limits)) {}

bool Edge::HoldBody(size_t size, size_t& held) {
  const size_t all = bodies_ += size - std::exchange(held, size);
  return all <= limits.bodies || size <= limits.small_body;
}

void Edge::RequestFinished() {
  if (--in_flight_ > 0 || !draining_) return;
  const std::lock_guard lock(mutex_);
  finished_.notify_all();
}

void Edge::Drain(absl::Duration patience) {
  draining_ = true;
  keeper.ForEach([](Connection& connection) { connection.OnDrain(); });
  std::unique_lock lock(mutex_);
  finished_.wait_for(lock, absl::ToChronoNanoseconds(patience), [this] { return in_flight_ == 0; });
}

}  // namespace bitrade::gateway::http
