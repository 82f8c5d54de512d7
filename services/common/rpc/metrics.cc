#include "services/common/rpc/metrics.h"

#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <shared_mutex>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace bitrade::rpc {
namespace {

const prometheus::Histogram::BucketBoundaries& Buckets() {
  static const auto& buckets = *new prometheus::Histogram::BucketBoundaries{
      0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60};
  return buckets;
}

using Outcomes = absl::flat_hash_map<std::string, prometheus::Histogram*>;

struct Shown {
  prometheus::Gauge* gauge;
  std::function<double()> read;
};

}  // namespace

struct Metrics::State {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Histogram>* calls = nullptr;
  // What calls look up: the registry itself would make texts of labels each time.
  std::shared_mutex calls_mutex;
  absl::flat_hash_map<std::string, Outcomes> by_rpc;
  std::mutex mutex;
  std::vector<Shown> shown;

  prometheus::Histogram* Known(absl::string_view rpc, absl::string_view outcome) {
    const std::shared_lock lock(calls_mutex);
    const auto of_rpc = by_rpc.find(rpc);
    if (of_rpc == by_rpc.end()) return nullptr;
    const auto found = of_rpc->second.find(outcome);
    return found == of_rpc->second.end() ? nullptr : found->second;
  }
  prometheus::Histogram* Make(const std::string& rpc, const std::string& outcome) {
    const std::unique_lock lock(calls_mutex);
    prometheus::Histogram*& known = by_rpc[rpc][outcome];
    if (known == nullptr) known = &calls->Add({{"rpc", rpc}, {"outcome", outcome}}, Buckets());
    return known;
  }
};

Metrics::Metrics() : state_(std::make_unique<State>()) {
  state_->calls = &prometheus::BuildHistogram()
                       .Name("bitrade_rpc_seconds")
                       .Help("Time from a call's arrival to its answer")
                       .Register(state_->registry);
}

Metrics::~Metrics() = default;

void Metrics::Called(absl::string_view rpc, absl::string_view outcome, double seconds) {
  prometheus::Histogram* histogram = state_->Known(rpc, outcome);
  if (histogram == nullptr) histogram = state_->Make(std::string(rpc), std::string(outcome));
  histogram->Observe(seconds);
}

void Metrics::Gauge(const std::string& name, const std::string& help,
                    std::function<double()> read) {
  auto& gauge = prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry).Add({});
  const std::lock_guard lock(state_->mutex);
  state_->shown.push_back({&gauge, std::move(read)});
}

std::string Metrics::Text() {
  {
    const std::lock_guard lock(state_->mutex);
    for (const Shown& shown : state_->shown) shown.gauge->Set(shown.read());
  }
  return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace bitrade::rpc
