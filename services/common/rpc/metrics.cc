#include "services/common/rpc/metrics.h"

#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"

namespace bitrade::rpc {
namespace {

const prometheus::Histogram::BucketBoundaries& Buckets() {
  static const auto& buckets = *new prometheus::Histogram::BucketBoundaries{
      0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60};
  return buckets;
}

struct Shown {
  prometheus::Gauge* gauge;
  std::function<double()> read;
};

}  // namespace

struct Metrics::State {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Histogram>* calls = nullptr;
  std::mutex mutex;
  absl::flat_hash_map<std::string, prometheus::Histogram*>
      by_label;  // so that a call looks up one text
  std::vector<Shown> shown;
};

Metrics::Metrics() : state_(std::make_unique<State>()) {
  state_->calls = &prometheus::BuildHistogram()
                       .Name("bitrade_rpc_seconds")
                       .Help("Time from a call's arrival to its answer")
                       .Register(state_->registry);
}

Metrics::~Metrics() = default;

void Metrics::Called(absl::string_view rpc, absl::string_view outcome, double seconds) {
  prometheus::Histogram* histogram = nullptr;
  {
    const std::string key = absl::StrCat(rpc, " ", outcome);
    const std::lock_guard lock(state_->mutex);
    auto& known = state_->by_label[key];
    if (known == nullptr) {
      known = &state_->calls->Add({{"rpc", std::string(rpc)}, {"outcome", std::string(outcome)}},
                                  Buckets());
    }
    histogram = known;
  }
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
