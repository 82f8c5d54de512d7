// What a process counts, in the text form of Prometheus. Labels are names of RPCs, outcomes and
// processes; never ids.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::rpc {

// Thread-safe.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  // Counts a call of `rpc` that ended with `outcome` ("OK" or a code's name) after `seconds`. Calls
  // do not hold each other up.
  void Called(absl::string_view rpc, absl::string_view outcome, double seconds);

  // Shows what `read` returns whenever the metrics are read. `name` in Prometheus' form.
  void Gauge(const std::string& name, const std::string& help, std::function<double()> read);

  // Everything, as `GET /metrics` answers it.
  std::string Text();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bitrade::rpc
